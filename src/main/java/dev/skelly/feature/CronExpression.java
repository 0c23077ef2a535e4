package dev.skelly.feature;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The due times of a cron expression in a time zone, a fixed set of instants: {@link #next} gives the same one from wherever it is asked.
 *
 * <p>The library reads the expression and finds its local times. It does so in UTC, because near a change of the clock its own result
 * depends on the start: asked on the day of a change at midnight, it skips the next first of a month; asked between the two passes of a
 * repeated hour, it gives the second one, which it leaves out otherwise.
 */
final class CronExpression {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final String EXPECTED =
            " (expected: minute, hour, day of month, month and day of week, such as 0 3 * * *)";
    private static final LocalDateTime ANY = LocalDateTime.of(2000, 1, 1, 0, 0);

    /* More than the offsets of one zone ever differ by: a day, where the date line moved. */
    private static final int SHIFT_DAYS_MAX = 2;

    private final String text;
    private final ExecutionTime times;
    private final ZoneRules rules;
    private final boolean anyHour;

    private CronExpression(String text, Cron cron, ZoneId zone) {
        this.text = text;
        this.times = ExecutionTime.forCron(cron);
        this.rules = zone.getRules();
        this.anyHour = Objects.requireNonNull(cron.retrieveFieldsAsMap().get(CronFieldName.HOUR))
                .getExpression()
                .asString()
                .startsWith("*");
    }

    /** Parses five fields. Throws {@link IllegalArgumentException} when they are invalid or have no due time. */
    static CronExpression parse(String expression, ZoneId zone) {
        if (expression.contains("|")) { // The library's own way to write several expressions as one.
            throw new IllegalArgumentException("cron: " + expression + ": invalid character |" + EXPECTED);
        }
        Cron cron;
        try {
            cron = PARSER.parse(expression.toUpperCase(Locale.ROOT)).validate();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cron: " + expression + ": " + e.getMessage() + EXPECTED, e);
        }
        var parsed = new CronExpression("cron " + cron.asString() + " " + zone.getId(), cron, zone);
        if (parsed.nextLocal(ANY) == null) {
            throw new IllegalArgumentException("cron: " + expression + " (expected: a date that exists)");
        }
        return parsed;
    }

    /** Returns the first due time after {@code after}, by the rules that {@link Schedule#cron} states. */
    Instant next(Instant after) {
        var from = after.truncatedTo(ChronoUnit.SECONDS); // Due times are whole seconds.
        var offset = rules.getOffset(from);
        var local = LocalDateTime.ofEpochSecond(from.getEpochSecond(), 0, offset);
        while (true) {
            var found = nextLocal(local);
            if (found == null) {
                throw new IllegalStateException(text + " has no due time after " + after);
            }
            var change = rules.nextTransition(from);
            if (change == null || found.toInstant(offset).isBefore(change.getInstant())) {
                if (anyHour || !isSecondPass(found, offset)) {
                    return found.toInstant(offset);
                }
                local = found;
                continue;
            }
            if (!anyHour && change.isGap() && found.isBefore(change.getDateTimeAfter())) {
                return change.getInstant();
            }
            from = start(change, found, offset);
            offset = rules.getOffset(from);
            local = LocalDateTime.ofEpochSecond(from.getEpochSecond(), 0, offset);
            if (from.equals(change.getInstant())) {
                local = local.minusSeconds(1); // The moment of the change itself may be due.
            }
        }
    }

    /* The next local time is far beyond most gaps, and nothing in between is due: only a repeated hour has local times before it. */
    private static Instant start(ZoneOffsetTransition change, LocalDateTime found, ZoneOffset offset) {
        var near = found.minusDays(SHIFT_DAYS_MAX).toInstant(offset);
        return change.isGap() && near.isAfter(change.getInstant()) ? near : change.getInstant();
    }

    private boolean isSecondPass(LocalDateTime local, ZoneOffset offset) {
        var offsets = rules.getValidOffsets(local);
        return offsets.size() > 1 && !offset.equals(offsets.get(0));
    }

    private @Nullable LocalDateTime nextLocal(LocalDateTime local) {
        return times.nextExecution(local.atZone(ZoneOffset.UTC))
                .map(next -> next.toLocalDateTime())
                .orElse(null);
    }

    @Override
    public String toString() {
        return text;
    }
}
