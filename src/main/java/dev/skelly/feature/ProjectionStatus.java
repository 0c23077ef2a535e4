package dev.skelly.feature;

import org.jspecify.annotations.Nullable;

/**
 * How a projection stands.
 *
 * @param kind {@code inline}, {@code asynchronous} or {@code live}
 * @param state {@code running}, {@code paused}, {@code stopped} before an event that it cannot apply, or {@code rebuilding}
 * @param outdated whether its rows were built by an earlier version, so that a rebuild is due
 * @param position of the last event applied; that of the newest event unless it is asynchronous
 * @param lag how many positions it is behind
 * @param lagSeconds the age of the oldest event that is not applied
 * @param error why it has stopped; null if it has not
 */
public record ProjectionStatus(
        String name,
        String kind,
        String state,
        boolean outdated,
        long position,
        long lag,
        double lagSeconds,
        @Nullable String error) {}
