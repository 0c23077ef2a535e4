package dev.skelly.stream;

import dev.skelly.eventlog.EventPage;
import dev.skelly.feature.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the next page of the log after a position; null lists do not narrow it. */
record ReadPage(
        long after,
        @Nullable List<String> channels,
        @Nullable List<String> types,
        int limit) implements Query<EventPage> {}
