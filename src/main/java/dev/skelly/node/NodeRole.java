package dev.skelly.node;

/** What a node does. All roles by default; edge nodes and worker machines run a part of them. */
public enum NodeRole {
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
