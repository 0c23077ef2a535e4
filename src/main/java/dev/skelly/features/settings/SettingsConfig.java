package dev.skelly.features.settings;

import java.time.Duration;

/**
 * Settings of changes at run time, under {@code settings}.
 *
 * @param poll interval at which each node reads changed settings. They are in effect on every node within this time and the time of one read
 */
public record SettingsConfig(Duration poll) {

    private static final Duration POLL_MIN = Duration.ofMillis(10);
    private static final Duration POLL_MAX = Duration.ofMinutes(1);

    /** The default settings. */
    public static final SettingsConfig DEFAULT = new SettingsConfig(Duration.ofMillis(500));

    /** Rejects an interval out of bounds. */
    public SettingsConfig {
        if (poll.compareTo(POLL_MIN) < 0 || poll.compareTo(POLL_MAX) > 0) {
            throw new IllegalArgumentException("settings.poll: " + poll + " (expected: 10 ms to a minute)");
        }
    }
}
