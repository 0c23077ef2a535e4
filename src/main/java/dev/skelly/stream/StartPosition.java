package dev.skelly.stream;

import dev.skelly.eventlog.Cursor;
import java.util.Optional;

/** From where a reader wants the events. */
sealed interface StartPosition {

    /** Only what comes from now on. */
    record Latest() implements StartPosition {}

    /** From the beginning of the log. */
    record Earliest() implements StartPosition {}

    /** After a cursor that was once handed out, or looks as if. */
    record After(Cursor cursor) implements StartPosition {}

    /**
     * Where a session begins.
     *
     * @param position events after this one; {@link StreamSession#LATEST} for now
     * @param resumed whether a cursor was given and honoured
     * @param gap why it was not; empty where there is nothing to tell
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
