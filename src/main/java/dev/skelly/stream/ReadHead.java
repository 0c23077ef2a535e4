package dev.skelly.stream;

import dev.skelly.feature.Query;

/** Reads the newest position of the log. */
record ReadHead() implements Query<ReadHead.Head> {

    /** The result; 0 for an empty log. */
    record Head(long position) {}
}
