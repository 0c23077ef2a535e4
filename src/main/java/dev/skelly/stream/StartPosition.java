package dev.skelly.stream;

import dev.skelly.eventlog.Cursor;
import dev.skelly.eventlog.CursorCodec;
import java.util.Optional;

/** The position from which a reader requests events. */
sealed interface StartPosition {

    /** Only events from now on. */
    record Latest() implements StartPosition {}

    /** From the beginning of the log. */
    record Earliest() implements StartPosition {}

    /**
     * After a cursor that a client sent; it may be forged.
     *
     * @param cursors what decoded it
     */
    record After(Cursor cursor, CursorCodec cursors) implements StartPosition {}

    /**
     * The resolved start of a session.
     *
     * @param position the session starts after it; {@link StreamSession#LATEST} for now
     * @param resumed whether a cursor was given and honoured
     * @param gap why it was not honoured; empty when there is no gap to report
     */
    record ResolvedStart(long position, boolean resumed, Optional<GapReason> gap) {

        static final ResolvedStart LATEST = new ResolvedStart(StreamSession.LATEST, false, Optional.empty());

        static ResolvedStart at(long position) {
            return new ResolvedStart(position, true, Optional.empty());
        }

        static ResolvedStart gap(GapReason reason) {
            return new ResolvedStart(StreamSession.LATEST, false, Optional.of(reason));
        }
    }
}
