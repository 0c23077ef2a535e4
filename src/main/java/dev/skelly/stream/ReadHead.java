package dev.skelly.stream;

import dev.skelly.feature.Query;

/** The newest position of the log. */
record ReadHead() implements Query<ReadHead.Head> {

    /** The answer; 0 for an empty log. */
    record Head(long position) {}
}
