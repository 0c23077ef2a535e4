package dev.skelly.stream;

import dev.skelly.eventlog.EventPage;
import dev.skelly.feature.Query;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the next page of the log after a position; null lists do not narrow it, and all events of the actor, if any, are included. */
record ReadPage(
        long after,
        @Nullable List<String> channels,
        @Nullable List<String> types,
        @Nullable UUID actor,
        int limit) implements Query<EventPage> {}
