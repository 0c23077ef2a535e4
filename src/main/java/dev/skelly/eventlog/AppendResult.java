package dev.skelly.eventlog;

import java.util.UUID;

/**
 * The result of appending one event.
 *
 * @param id of the event
 * @param seq of the event that the log holds under this id
 * @param fate whether it is the appended one
 */
public record AppendResult(UUID id, long seq, Fate fate) {

    /** The outcome of an append. */
    public enum Fate {
        /** The event was appended. */
        APPENDED,
        /** The same event was appended before; nothing was done. */
        REPEATED,
        /** A different event has the id; nothing was done. */
        CLASHING
    }
}
