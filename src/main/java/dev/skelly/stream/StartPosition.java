package dev.skelly.stream;

import dev.skelly.eventlog.Cursor;
import java.util.Optional;

/** The position from which a reader requests events. */
sealed interface StartPosition {

    /** Only events from now on. */
    record Latest() implements StartPosition {}

    /** From the beginning of the log. */
    record Earliest() implements StartPosition {}

    /** After a cursor that a client sent; it may be forged. */
    record After(Cursor cursor) implements StartPosition {}

    /**
     * The resolved start of a session.
     *
     * @param position the session starts after it; {@link StreamSession#LATEST} for now
     * @param resumed whether a cursor was given and honoured
     * @param gap why it was not honoured; empty when there is no gap to report
     */
    record Found(long position, boolean resumed, Optional<GapReason> gap) {

        static final Found LATEST = new Found(StreamSession.LATEST, false, Optional.empty());

        static Found at(long position) {
            return new Found(position, true, Optional.empty());
        }

        static Found gap(GapReason reason) {
            return new Found(StreamSession.LATEST, false, Optional.of(reason));
        }
    }
}
