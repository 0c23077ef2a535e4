package dev.skelly.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads times and days exactly as RFC 3339 section 5.6 defines them, in UTC of the years 0000 to 9999, which the database can store and
 * {@link Instant#toString} writes in the same form.
 */
public final class Rfc3339 {

    private static final String DATE = "(\\d{4})-(\\d{2})-(\\d{2})";
    private static final Pattern DAY = Pattern.compile(DATE);
    private static final Pattern TIME =
            Pattern.compile(DATE + "[Tt](\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d+))?(?:[Zz]|([+-])(\\d{2}):(\\d{2}))");
    private static final int FRACTION = 7;
    private static final int SIGN = 8;
    private static final int NANO_DIGITS = 9;
    private static final int DAY_SECONDS = 86_400;
    private static final long FIRST = LocalDate.of(0, 1, 1).toEpochDay() * DAY_SECONDS;
    private static final long END = LocalDate.of(10_000, 1, 1).toEpochDay() * DAY_SECONDS;

    private Rfc3339() {}

    /**
     * Reads a time with its offset. A leap second (23:59:60 UTC of any day) is the second after it, as in POSIX; digits after the ninth of a
     * fraction are cut off.
     *
     * @return empty for any other text, and for a time that lies in another year in UTC
     */
    public static Optional<Instant> time(String text) {
        var parts = TIME.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var hour = number(parts, 4);
        var minute = number(parts, 5);
        var second = number(parts, 6);
        var offset = offset(parts);
        if (hour > 23 || minute > 59 || second > 60 || offset.isEmpty()) {
            return Optional.empty();
        }
        var ofDay = hour * 3600 + minute * 60 + second - offset.get();
        if (second == 60 && Math.floorMod(ofDay, DAY_SECONDS) != 0) {
            return Optional.empty();
        }
        return date(parts)
                .map(day -> day.toEpochDay() * DAY_SECONDS + ofDay)
                .filter(seconds -> seconds >= FIRST && seconds < END)
                .map(seconds -> Instant.ofEpochSecond(seconds, nanos(parts)));
    }

    /** Reads a day of the years 0000 to 9999; empty for any other text. */
    public static Optional<LocalDate> day(String text) {
        var parts = DAY.matcher(text);
        return parts.matches() ? date(parts) : Optional.empty();
    }

    private static Optional<LocalDate> date(MatchResult parts) {
        try {
            return Optional.of(LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> offset(MatchResult parts) {
        if (parts.group(SIGN) == null) {
            return Optional.of(0);
        }
        var hours = number(parts, SIGN + 1);
        var minutes = number(parts, SIGN + 2);
        var seconds = hours * 3600 + minutes * 60;
        return hours > 23 || minutes > 59
                ? Optional.empty()
                : Optional.of(parts.group(SIGN).equals("-") ? -seconds : seconds);
    }

    private static int nanos(MatchResult parts) {
        var digits = parts.group(FRACTION);
        return digits == null ? 0 : Integer.parseInt((digits + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS));
    }

    private static int number(MatchResult parts, int group) {
        return Integer.parseInt(parts.group(group));
    }
}
