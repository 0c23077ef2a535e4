package dev.skelly;

/** What a node does. All roles by default; edge nodes and worker machines run a part of them. */
public enum Role {
    /** REST. */
    HTTP,
    /** Live streams. */
    STREAM,
    /** Commands and queries against the database. */
    PERSISTENCE,
    /** Standing by to stamp the log and hand it on. */
    RELAY,
    /** Workers. */
    WORK
}
