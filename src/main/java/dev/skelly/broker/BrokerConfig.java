package dev.skelly.broker;

import java.time.Duration;

/**
 * Settings of the connections to the broker, under {@code broker}.
 *
 * @param heartbeat interval of heartbeats. The connection closes when the broker is silent for twice as long
 * @param openTimeout time to open a connection, sender or receiver
 * @param retryFirst first pause before a lost connection is opened again
 * @param retryMax longest pause before a lost connection is opened again
 */
public record BrokerConfig(Duration heartbeat, Duration openTimeout, Duration retryFirst, Duration retryMax) {

    /** The defaults. */
    public static final BrokerConfig DEFAULT = new BrokerConfig(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(250), Duration.ofSeconds(5));

    /** Refuses times that are not positive. */
    public BrokerConfig {
        positive("broker.heartbeat", heartbeat);
        positive("broker.open-timeout", openTimeout);
        positive("broker.retry-first", retryFirst);
        positive("broker.retry-max", retryMax);
    }

    private static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: more than 0)");
        }
    }
}
