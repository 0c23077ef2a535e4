package dev.skelly.bus;

/**
 * Reports that a node leads the relay.
 *
 * @param node its name
 * @param epoch of its lease
 */
public record LeaderElected(String node, long epoch) {}
