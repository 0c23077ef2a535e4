package dev.skelly.stream;

import dev.skelly.feature.Query;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts the events after a position that pages of the log with these filters contain, up to {@code max}. */
record CountMissed(
        long after,
        @Nullable List<String> channels,
        @Nullable List<String> types,
        @Nullable UUID actor,
        long max) implements Query<CountMissed.MissedCount> {

    /** The result. */
    record MissedCount(long events) {}
}
