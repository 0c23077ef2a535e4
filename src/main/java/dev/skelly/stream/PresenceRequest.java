package dev.skelly.stream;

/** Asks a node for its whole state. */
record PresenceRequest(String node) {}
