package dev.skelly.bus;

/**
 * A record that travels between nodes.
 *
 * @param name declared and stable; precedes the record's JSON on the wire
 * @param type the record's class
 * @param formerly the name that nodes of the previous release send; accepted for one release
 */
public record BusRecord(String name, Class<?> type, String formerly) {}
