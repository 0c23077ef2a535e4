package dev.skelly.relay;

import java.time.Duration;

/**
 * Settings of the relay, under {@code relay}.
 *
 * @param renew interval at which the leader renews its lease
 * @param stale time without renewal after which another node takes over, by the database's clock
 * @param look interval at which a standby node reads the lease
 * @param pollMin shortest pause between two polls for events without a position, right after a poll found some
 * @param pollMax longest pause between two polls. It bounds the delay only if a hint is lost
 * @param gather pause after a large batch, so that the next one is larger and each event costs less; 0 for none
 * @param batchRowsMax events that get their positions at once
 * @param batchBytesMax stored bytes of data in such a batch, beyond the first event
 * @param inFlightMax unacknowledged messages of one worker
 * @param sendDeadline time for the broker to acknowledge a message
 * @param checkpointEvery shortest pause between two writes of the checkpoints
 * @param interestLife time after which a silent node gets no more events
 */
public record RelayConfig(
        Duration renew,
        Duration stale,
        Duration look,
        Duration pollMin,
        Duration pollMax,
        Duration gather,
        int batchRowsMax,
        int batchBytesMax,
        int inFlightMax,
        Duration sendDeadline,
        Duration checkpointEvery,
        Duration interestLife) {

    /** The defaults. */
    public static final RelayConfig DEFAULT = new RelayConfig(
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofMillis(250),
            Duration.ofMillis(5),
            Duration.ofMillis(250),
            Duration.ofMillis(5),
            1_000,
            4 * 1024 * 1024,
            256,
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(15));

    /** Refuses bounds below one, times that are not positive, and a lease that goes stale between two renewals. */
    public RelayConfig {
        positive("relay.renew", renew);
        positive("relay.look", look);
        positive("relay.poll-min", pollMin);
        positive("relay.send-deadline", sendDeadline);
        positive("relay.checkpoint-every", checkpointEvery);
        positive("relay.interest-life", interestLife);
        atLeastOne("relay.batch-rows-max", batchRowsMax);
        atLeastOne("relay.batch-bytes-max", batchBytesMax);
        atLeastOne("relay.in-flight-max", inFlightMax);
        if (stale.compareTo(renew.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("relay.stale: " + stale + " (expected: at least twice relay.renew)");
        }
        if (gather.isNegative() || gather.compareTo(pollMax) > 0) {
            throw new IllegalArgumentException("relay.gather: " + gather + " (expected: 0 to relay.poll-max)");
        }
        if (pollMax.compareTo(pollMin) < 0) {
            throw new IllegalArgumentException("relay.poll-max: " + pollMax + " (expected: at least relay.poll-min)");
        }
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: at least 1)");
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: more than 0)");
        }
    }
}
