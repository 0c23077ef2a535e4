package dev.skelly.stream;

import java.time.Duration;

/**
 * Settings of the browser streams, under {@code stream}.
 *
 * @param heartbeat silence after which a comment line is sent; proxies often cut at 60 s
 * @param maxAge maximum age of a connection, ± 20 %, so that load spreads again after a node joined or left
 * @param connectionsPerUser open streams of one account on a node
 * @param connectionsPerAddress open streams from one network address on a node; an IPv4 /24 and an IPv6 /48 get 16 times as many, at most half
 *     of the node's
 * @param connectionsPerNode open streams on a node
 * @param connectsPerSecond new streams a second on a node
 * @param connectsPerAddress new streams a second from one network address on a node, counted before the caller is known. Wider networks get
 *     more, as for {@code connectionsPerAddress}
 * @param messagesPerSecond messages a second that one WebSocket may send, in bursts of twice as many
 * @param behindEventsMax events of its subscription that a reader may have missed before it must reload its state
 * @param slowMax how long a socket may accept no data before its stream is ended
 * @param ringEventsMax newest events kept in memory for readers that are slightly behind
 * @param ringBytesMax the same in bytes
 * @param healInterval how often a node compares its head with the log's
 * @param anonymous whether anonymous callers may read the channel {@code public}
 */
public record StreamConfig(
        Duration heartbeat,
        Duration maxAge,
        int connectionsPerUser,
        int connectionsPerAddress,
        int connectionsPerNode,
        int connectsPerSecond,
        int connectsPerAddress,
        int messagesPerSecond,
        int behindEventsMax,
        Duration slowMax,
        int ringEventsMax,
        int ringBytesMax,
        Duration healInterval,
        boolean anonymous) {

    /** The default settings. */
    public static final StreamConfig DEFAULT = new StreamConfig(
            Duration.ofSeconds(25),
            Duration.ofMinutes(10),
            100,
            1_000,
            10_000,
            2_000,
            100,
            50,
            100_000,
            Duration.ofSeconds(30),
            8_192,
            16 * 1024 * 1024,
            Duration.ofSeconds(5),
            false);

    /** Rejects bounds below one and times that are not positive. */
    public StreamConfig {
        positive("stream.heartbeat", heartbeat);
        positive("stream.max-age", maxAge);
        atLeastOne("stream.connections-per-user", connectionsPerUser);
        atLeastOne("stream.connections-per-address", connectionsPerAddress);
        atLeastOne("stream.connections-per-node", connectionsPerNode);
        atLeastOne("stream.connects-per-second", connectsPerSecond);
        atLeastOne("stream.connects-per-address", connectsPerAddress);
        atLeastOne("stream.messages-per-second", messagesPerSecond);
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
