package dev.skelly.bus;

/**
 * Reports that events were appended and committed.
 *
 * @param seq the last write known to the sender
 */
public record EventsAppended(long seq) {}
