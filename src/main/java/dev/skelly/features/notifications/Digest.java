package dev.skelly.features.notifications;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the events of a kind are told.
 *
 * @param every the period whose end tells them, since 1970-01-01T00:00Z; null for another way
 * @param dailyAt the hour of the person's day that tells them, 0 to 23; null for another way. Neither: at once
 */
record Digest(@Nullable Duration every, @Nullable Integer dailyAt) {

    static final Digest AT_ONCE = new Digest(null, null);

    /** Returns the end of the digest that an event at {@code now} belongs to; empty when it is told at once. */
    Optional<Instant> due(Instant now, ZoneId zone) {
        var period = every;
        if (period != null) {
            var millis = period.toMillis();
            return Optional.of(Instant.ofEpochMilli((Math.floorDiv(now.toEpochMilli(), millis) + 1) * millis));
        }
        var hour = dailyAt;
        return hour == null ? Optional.empty() : Optional.of(next(now.atZone(zone), LocalTime.of(hour, 0)));
    }

    private static Instant next(ZonedDateTime now, LocalTime hour) {
        var today = now.with(hour); // A skipped hour is the one after it.
        return (today.isAfter(now)
                        ? today
                        : now.toLocalDate().plusDays(1).atTime(hour).atZone(now.getZone()))
                .toInstant();
    }
}
