package dev.skelly.feature;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.UnaryOperator;

/**
 * The due times of a {@link ScheduledJob}: a fixed set of instants, the same on every node and after every restart. Immutable and safe on any
 * thread.
 */
public final class Schedule {

    private static final Duration PERIOD_MIN = Duration.ofSeconds(1);
    private static final Duration PERIOD_MAX = Duration.ofDays(366);

    private final String text;
    private final UnaryOperator<Instant> next;

    private Schedule(String text, UnaryOperator<Instant> next) {
        this.text = text;
        this.next = next;
    }

    /**
     * Returns the multiples of a period since 1970-01-01T00:00Z: {@code every(Duration.ofHours(1))} is due on the hour, {@code
     * every(Duration.ofDays(1))} at midnight in UTC.
     *
     * @param period whole milliseconds, 1 s to 366 days
     * @throws IllegalArgumentException when the period is anything else
     */
    public static Schedule every(Duration period) {
        if (period.compareTo(PERIOD_MIN) < 0
                || period.compareTo(PERIOD_MAX) > 0
                || !period.equals(Duration.ofMillis(period.toMillis()))) {
            throw new IllegalArgumentException(
                    "every: " + period + " (expected: 1 s to 366 days, in whole milliseconds)");
        }
        var millis = period.toMillis();
        return new Schedule(
                "every " + period,
                after -> Instant.ofEpochMilli((Math.floorDiv(after.toEpochMilli(), millis) + 1) * millis));
    }

    /**
     * Returns the times of a Unix cron expression: minute, hour, day of month, month, day of week (0 and 7 are Sunday). A field is {@code *}, a
     * number, a name ({@code JAN}, {@code MON}), a range {@code 1-5}, a step {@code *}{@code /15}, or a list of these. If both the day of
     * month and the day of week are restricted, either is enough.
     *
     * <p>When clocks change, the rules are those of Unix cron, decided by the hour field:
     *
     * <ul>
     *   <li>It begins with {@code *}: the wall clock decides. Times that are skipped are not due; times that occur twice are due twice.
     *   <li>It names hours: each local time is due once. A time that is skipped is due when the clocks change, at 03:00 instead of 02:30; a time
     *       that occurs twice is due the first time.
     * </ul>
     *
     * @throws IllegalArgumentException when the expression is invalid, or no date ever matches it, with the reason
     */
    public static Schedule cron(String expression, ZoneId zone) {
        var cron = CronExpression.parse(expression, zone);
        return new Schedule(cron.toString(), cron::next);
    }

    /** Returns the first due time after {@code after}, which itself is not a result. */
    public Instant next(Instant after) {
        return next.apply(after);
    }

    /** Returns a text that identifies these due times, such as {@code every PT1H} or {@code cron 0 3 * * * Europe/Berlin}. */
    @Override
    public String toString() {
        return text;
    }
}
