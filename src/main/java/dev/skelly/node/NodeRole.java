package dev.skelly.node;

/** The roles of a node. A node has all by default; edge nodes and worker machines have some. */
public enum NodeRole {
    /** REST. */
    HTTP,
    /** Live streams. */
    STREAM,
    /** Executes commands and queries in the database. */
    PERSISTENCE,
    /** Sequences the log and dispatches events, while this node leads. */
    RELAY,
    /** Workers. */
    WORK
}
