package dev.skelly.eventlog;

/** A place in the log, as a client sends it back. */
public sealed interface Cursor {

    /** After this position. */
    record Position(long position) implements Cursor {}

    /** After this write, which may not be sequenced yet; commands return it, so that they need not wait for the relay. */
    record Write(long seq) implements Cursor {}

    /** A cursor of another log, of this log before it was restored, or a forgery. */
    record Foreign() implements Cursor {}
}
