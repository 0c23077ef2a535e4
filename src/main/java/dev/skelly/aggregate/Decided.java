package dev.skelly.aggregate;

/**
 * What a decision changed.
 *
 * @param before the state on which was decided
 * @param after the state with the new events; equal to {@code before} if there are none
 * @param <S> the state
 */
public record Decided<S>(Versioned<S> before, Versioned<S> after) {

    /** Returns whether there are new events. */
    public boolean changed() {
        return after.version() > before.version();
    }
}
