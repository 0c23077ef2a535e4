package dev.skelly.sandbox;

import dev.skelly.event.Rfc3339;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A point of the log: a position, or the newest event that is not later than a time. Both null for the newest event.
 */
record SandboxPoint(@Nullable Long position, @Nullable Instant time) {

    static final String EXPECTED = " (expected: a position, or an RFC 3339 time such as 2026-11-30T12:00:00Z)";

    private static final Pattern POSITION = Pattern.compile("-?\\d{1,18}");

    /* A log has no gap, so each position between the first and the newest one has its event. */
    private static final String BOUNDS = """
            select coalesce(min(position), 0) as first, coalesce(max(position), 0) as newest,
              (select time from event where position = (select min(position) from event)) as first_time,
              (select time from event where position = (select max(position) from event)) as newest_time
            from event
            """;

    /** The ends of a log; positions are 0 and times null in an empty one. */
    private record Bounds(
            long first,
            long newest,
            @Nullable Instant firstTime,
            @Nullable Instant newestTime) {}

    /** Parses the text; adds a sentence to {@code faults} and returns the newest event if that fails. */
    static SandboxPoint parse(@Nullable String text, List<String> faults) {
        if (text == null) {
            return new SandboxPoint(null, null);
        }
        if (POSITION.matcher(text).matches()) {
            return new SandboxPoint(Long.parseLong(text), null);
        }
        var time = Rfc3339.time(text).orElse(null);
        if (time == null) {
            faults.add("--to: " + text + EXPECTED);
        }
        return new SandboxPoint(null, time);
    }

    /** Finds the position; adds a sentence to {@code faults} if the log has no such point. Blocks. */
    OptionalLong find(Connection log, List<String> faults) throws SQLException {
        var bounds = bounds(log);
        var outside = new ArrayList<String>();
        if (bounds.newest() == 0) {
            outside.add("the log has no events (expected: at least one)");
        } else if (position != null && (position < bounds.first() || position > bounds.newest())) {
            outside.add("--to: " + position + " (expected: a position from " + bounds.first() + " to " + bounds.newest()
                    + ")");
        } else if (time != null && isOutside(time, bounds)) {
            outside.add("--to: " + time + " (expected: a time from " + bounds.firstTime() + " to " + bounds.newestTime()
                    + ")");
        }
        faults.addAll(outside);
        if (!outside.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(time != null ? at(log, time) : position != null ? position : bounds.newest());
    }

    private static boolean isOutside(Instant time, Bounds bounds) {
        return bounds.firstTime() == null
                || bounds.newestTime() == null
                || time.isBefore(bounds.firstTime())
                || time.isAfter(bounds.newestTime());
    }

    private static Bounds bounds(Connection log) throws SQLException {
        try (var sql = log.createStatement();
                var rows = sql.executeQuery(BOUNDS)) {
            rows.next();
            return new Bounds(
                    rows.getLong("first"),
                    rows.getLong("newest"),
                    instant(rows.getObject("first_time", OffsetDateTime.class)),
                    instant(rows.getObject("newest_time", OffsetDateTime.class)));
        }
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static long at(Connection log, Instant time) throws SQLException {
        try (var sql =
                log.prepareStatement("select max(position) from event where position is not null and time <= ?")) {
            sql.setObject(1, time.atOffset(ZoneOffset.UTC));
            try (var rows = sql.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
