package dev.skelly.auth;

import java.time.Duration;

/**
 * Settings of how nodes hear of rights that ended, under {@code rights}.
 *
 * @param poll pause between two looks; a right that was taken ends on every node within this and the time of one look
 * @param staleMax a node that could not look for so long lets no signed-in person do anything until it can
 */
public record RightsConfig(Duration poll, Duration staleMax) {

    private static final Duration POLL_MIN = Duration.ofMillis(10);
    private static final Duration STALE_MAX = Duration.ofMinutes(1);

    /** The default settings. */
    public static final RightsConfig DEFAULT = new RightsConfig(Duration.ofMillis(200), Duration.ofSeconds(5));

    /** Rejects long pauses, and long times without a read. */
    public RightsConfig {
        if (poll.compareTo(POLL_MIN) < 0 || poll.multipliedBy(2).compareTo(staleMax) > 0) {
            throw new IllegalArgumentException(
                    "rights.poll: " + poll + " (expected: 10 ms to half of rights.stale-max)");
        }
        if (staleMax.compareTo(STALE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "rights.stale-max: " + staleMax + " (expected: at most " + STALE_MAX + ")");
        }
    }
}
