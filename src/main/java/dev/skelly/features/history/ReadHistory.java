package dev.skelly.features.history;

import dev.skelly.eventlog.EventPage;
import dev.skelly.feature.Query;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened after a position? A null asks for all.
 *
 * @param channels only events with at least one of these
 * @param types only these stored types, each whole or a family ending in {@code .*}
 * @param since not before
 * @param until before
 * @param limit events at most
 */
record ReadHistory(
        long after,
        @Nullable List<String> channels,
        @Nullable List<String> types,
        @Nullable String subject,
        @Nullable UUID correlation,
        @Nullable UUID actor,
        @Nullable Instant since,
        @Nullable Instant until,
        int limit)
        implements Query<EventPage> {}
