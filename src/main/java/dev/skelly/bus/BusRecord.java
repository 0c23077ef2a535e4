package dev.skelly.bus;

/**
 * A record that travels between nodes.
 *
 * @param name declared and stable; precedes the record's JSON on the wire
 * @param type the record's class
 */
public record BusRecord(String name, Class<?> type) {}
