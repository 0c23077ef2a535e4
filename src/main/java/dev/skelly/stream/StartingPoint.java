package dev.skelly.stream;

import dev.skelly.log.Cursor;

/** From where a reader wants the events. */
sealed interface StartingPoint {

    /** Only what comes from now on. */
    record Latest() implements StartingPoint {}

    /** From the beginning of the log. */
    record Earliest() implements StartingPoint {}

    /** After a cursor that was once handed out, or looks as if. */
    record After(Cursor cursor) implements StartingPoint {}

    /**
     * Where a session begins.
     *
     * @param position events after this one; {@link Session#LATEST} for now
     * @param resumed whether a cursor was given and honoured
     * @param gap why it was not; empty where there is nothing to tell
     */
    record Found(long position, boolean resumed, String gap) {

        static final Found LATEST = new Found(Session.LATEST, false, "");

        static Found at(long position) {
            return new Found(position, true, "");
        }

        static Found gap(String reason) {
            return new Found(Session.LATEST, false, reason);
        }
    }
}
