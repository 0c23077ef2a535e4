package dev.skelly.stream;

import java.time.Duration;

/**
 * Settings of the browser streams, under {@code stream}.
 *
 * @param heartbeat silence after which a comment line is sent. Proxies often close silent connections after 60 s
 * @param maxAge life of a connection, ±20 %, so that load spreads again after a node comes or goes
 * @param connectionsPerUser open streams of one account on a node
 * @param connectionsPerAddress open streams from one network address on a node
 * @param connectionsPerNode open streams on a node
 * @param connectsPerSecond new streams a second on a node
 * @param behindEventsMax positions that a reader may be behind. Beyond it, the reader has to reload its state
 * @param slowMax time for which a socket may take no data before its stream ends
 * @param ringEventsMax newest events kept in memory for readers that are slightly behind
 * @param ringBytesMax bytes of the events kept in memory
 * @param healInterval interval at which a node compares its newest position with the log's
 * @param anonymous whether anonymous callers may read the channel {@code public}
 */
public record StreamConfig(
        Duration heartbeat,
        Duration maxAge,
        int connectionsPerUser,
        int connectionsPerAddress,
        int connectionsPerNode,
        int connectsPerSecond,
        int behindEventsMax,
        Duration slowMax,
        int ringEventsMax,
        int ringBytesMax,
        Duration healInterval,
        boolean anonymous) {

    /** The defaults. */
    public static final StreamConfig DEFAULT = new StreamConfig(
            Duration.ofSeconds(15),
            Duration.ofMinutes(10),
            12,
            50,
            10_000,
            100,
            100_000,
            Duration.ofSeconds(30),
            8_192,
            16 * 1024 * 1024,
            Duration.ofSeconds(5),
            false);

    /** Refuses bounds below one and times that are not positive. */
    public StreamConfig {
        positive("stream.heartbeat", heartbeat);
        positive("stream.max-age", maxAge);
        atLeastOne("stream.connections-per-user", connectionsPerUser);
        atLeastOne("stream.connections-per-address", connectionsPerAddress);
        atLeastOne("stream.connections-per-node", connectionsPerNode);
        atLeastOne("stream.connects-per-second", connectsPerSecond);
        atLeastOne("stream.behind-events-max", behindEventsMax);
        positive("stream.slow-max", slowMax);
        atLeastOne("stream.ring-events-max", ringEventsMax);
        atLeastOne("stream.ring-bytes-max", ringBytesMax);
        positive("stream.heal-interval", healInterval);
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
