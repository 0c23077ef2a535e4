package dev.skelly.auth;

import java.time.Duration;

/**
 * Settings of reading revoked rights, under {@code rights}.
 *
 * @param poll interval at which a node reads revoked rights. They end on every node within this time and the time of one read
 * @param staleMax age of the rights beyond which a node responds 503 to logged-in callers until it can read them
 */
public record RightsConfig(Duration poll, Duration staleMax) {

    private static final Duration POLL_MIN = Duration.ofMillis(10);
    private static final Duration STALE_MAX = Duration.ofMinutes(1);

    /** The default settings. */
    public static final RightsConfig DEFAULT = new RightsConfig(Duration.ofMillis(200), Duration.ofSeconds(5));

    /** Rejects an interval shorter than 10 ms or longer than half of {@code staleMax}, and a {@code staleMax} longer than a minute. */
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
