package dev.skelly.stream;

import dev.skelly.feature.Query;

/** Reads the newest position of the log. */
record FindNewestPosition() implements Query<FindNewestPosition.Head> {

    /** The result; 0 for an empty log. */
    record Head(long position) {}
}
