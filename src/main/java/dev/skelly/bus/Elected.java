package dev.skelly.bus;

/**
 * A node leads the relay now.
 *
 * @param node its name
 * @param epoch of its lease
 */
public record Elected(String node, long epoch) {}
