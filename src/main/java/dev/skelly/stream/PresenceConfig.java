package dev.skelly.stream;

import java.time.Duration;

/**
 * Settings of presence and signals, under {@code presence}.
 *
 * @param life how long a presence lasts that a request keeps up, unless it is repeated
 * @param grace how long a person stays after the last connection closed
 * @param period the shortest time between two messages about one node's channels to its readers
 * @param entriesMax people that one node keeps present, counted once for each channel
 * @param signalsPerSecond signals a second that one person may send on a node
 */
public record PresenceConfig(Duration life, Duration grace, Duration period, int entriesMax, int signalsPerSecond) {

    /** The default settings. */
    public static final PresenceConfig DEFAULT =
            new PresenceConfig(Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMillis(1_500), 50_000, 20);

    /** Rejects bounds below one and times that are not positive. */
    public PresenceConfig {
        positive("presence.life", life);
        positive("presence.grace", grace);
        positive("presence.period", period);
        atLeastOne("presence.entries-max", entriesMax);
        atLeastOne("presence.signals-per-second", signalsPerSecond);
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: at least 1)");
        }
    }

    private static void positive(String key, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: at least 1 ms)");
        }
    }
}
