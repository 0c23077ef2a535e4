package dev.skelly.aggregate;

/**
 * A state and the events that it includes.
 *
 * @param version number of events; 0 when there are none
 * @param <S> the state
 */
public record Versioned<S>(long version, S state) {

    /** Returns whether there are events. */
    public boolean exists() {
        return version > 0;
    }
}
