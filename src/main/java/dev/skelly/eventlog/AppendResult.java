package dev.skelly.eventlog;

import java.util.UUID;

/**
 * What became of a draft.
 *
 * @param id of the event
 * @param seq of the event that is in the log under this id
 * @param fate whether it is this one
 */
public record AppendResult(UUID id, long seq, Fate fate) {

    /** How a draft ended. */
    public enum Fate {
        /** It was appended. */
        APPENDED,
        /** The same had been appended before; nothing was done. */
        REPEATED,
        /** Another event has the id; nothing was done. */
        CLASHING
    }
}
