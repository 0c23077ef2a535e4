package dev.skelly.feature;

import org.jspecify.annotations.Nullable;

/** Finds how far an asynchronous projection is. */
public record FindProjection(String name) implements Query<FindProjection.ProjectionReach> {

    /**
     * How far it is.
     *
     * @param position of the last event applied; 0 before the first
     * @param paused whether an operator has paused it
     * @param error why the next event cannot be applied; null if it can
     */
    public record ProjectionReach(
            long position, boolean paused, @Nullable String error) {}
}
