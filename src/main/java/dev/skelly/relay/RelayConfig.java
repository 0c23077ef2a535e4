package dev.skelly.relay;

import java.time.Duration;

/**
 * Settings of the relay, under {@code relay}.
 *
 * @param renew how often the leader renews its lease
 * @param stale time without renewal after which another node takes over; by the database's clock
 * @param look how often a standby node checks the lease
 * @param pollMin shortest pause between two polls for unsequenced events, right after some were found
 * @param pollMax longest such pause; only bounds the delay when a hint was lost
 * @param gather pause after a call that found many events, so that the next finds more and each event costs less; 0 for none
 * @param batchRowsMax events sequenced at once
 * @param batchBytesMax stored bytes of data sequenced at once, beyond one event
 * @param inFlightMax messages of one worker that the broker has not acknowledged
 * @param sendDeadline how long the broker may take to acknowledge a message
 * @param checkpointEvery shortest pause between two writes of the checkpoints
 * @param checkEvery how often the leader compares the events that the broker accepted with the inbox
 * @param lostAfter how long the oldest accepted event may be missing in the inbox before a probe checks whether the broker lost it
 * @param interestLife time after which a node that reports no interest receives nothing more
 * @param lagMax age of the oldest event without a position from which on no node takes events of clients
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
        Duration checkEvery,
        Duration lostAfter,
        Duration interestLife,
        Duration lagMax) {

    /** The default settings. */
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
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(5));

    /** Rejects bounds below one, times that are not positive, and a lease that goes stale between two renewals. */
    public RelayConfig {
        positive("relay.renew", renew);
        positive("relay.look", look);
        positive("relay.poll-min", pollMin);
        positive("relay.send-deadline", sendDeadline);
        positive("relay.checkpoint-every", checkpointEvery);
        positive("relay.check-every", checkEvery);
        positive("relay.lost-after", lostAfter);
        positive("relay.interest-life", interestLife);
        positive("relay.lag-max", lagMax);
        atLeastOne("relay.batch-rows-max", batchRowsMax);
        atLeastOne("relay.batch-bytes-max", batchBytesMax);
        atLeastOne("relay.in-flight-max", inFlightMax);
        if (lagMax.compareTo(pollMax.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "relay.lag-max: " + lagMax + " (expected: at least twice relay.poll-max)");
        }
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
