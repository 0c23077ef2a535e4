package dev.skelly.bus;

/**
 * Something was appended and committed.
 *
 * @param seq the last write known to the sender
 */
public record EventsAppended(long seq) {}
