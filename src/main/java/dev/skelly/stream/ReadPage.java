package dev.skelly.stream;

import dev.skelly.eventlog.EventPage;
import dev.skelly.feature.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The next stretch of the log after a position; null lists mean no narrowing. */
record ReadPage(
        long after,
        @Nullable List<String> channels,
        @Nullable List<String> types,
        int limit) implements Query<EventPage> {}
