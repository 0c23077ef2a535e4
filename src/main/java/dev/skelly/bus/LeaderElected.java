package dev.skelly.bus;

/**
 * A node leads the relay now.
 *
 * @param node its name
 * @param epoch of its lease
 */
public record LeaderElected(String node, long epoch) {}
