package dev.skelly.bus;

/**
 * Reports which declarations of event types a node uses.
 *
 * @param node its name
 * @param digest of its declarations; the same on nodes with the same ones
 */
public record DeclarationDigest(String node, String digest) {}
