package dev.skelly.broker;

import java.time.Duration;

/**
 * Settings of the links to the broker, under {@code broker}.
 *
 * @param heartbeat how often a heartbeat is requested; a broker silent for twice as long counts as lost
 * @param openTimeout how long a connection, sender or receiver may take to open
 * @param retryFirst first pause before a lost connection is reopened
 * @param retryMax longest such pause
 */
public record BrokerConfig(Duration heartbeat, Duration openTimeout, Duration retryFirst, Duration retryMax) {

    /** The default settings. */
    public static final BrokerConfig DEFAULT = new BrokerConfig(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(250), Duration.ofSeconds(5));

    /** Rejects times that are not positive. */
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
