package dev.skelly.features.history;

import dev.skelly.eventlog.EventPage;
import dev.skelly.feature.Query;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lists events after a position. Null fields do not filter. The result of a page with the newest first has in {@code upTo} the position before
 * which the next page ends, or 0 without one.
 *
 * @param channels only events with at least one of these
 * @param types only these stored types, each a name or a pattern ending in {@code .*}
 * @param since inclusive
 * @param until exclusive
 * @param before only events before this position
 * @param newestFirst whether the newest of the events come first, newest first
 * @param limit the maximum number of events
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
        @Nullable Long before,
        boolean newestFirst,
        int limit)
        implements Query<EventPage> {}
