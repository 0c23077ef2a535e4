package dev.skelly.declaration;

import java.time.Duration;

/**
 * Settings of the watch over declared event types, under {@code events}.
 *
 * @param watch whether a changed declaration is used without a restart
 * @param watchInterval time between two looks at the files, from 100 ms to a minute; a change is used after two looks that see the same
 */
public record DeclarationWatchConfig(boolean watch, Duration watchInterval) {

    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofMinutes(1);

    /** Half a second, so that a change is used within two. */
    public static final DeclarationWatchConfig DEFAULT = new DeclarationWatchConfig(true, Duration.ofMillis(500));

    /** Rejects an interval out of bounds. */
    public DeclarationWatchConfig {
        if (watchInterval.compareTo(LEAST) < 0 || watchInterval.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "events.watch-interval: " + watchInterval + " (expected: from 100ms to 1m)");
        }
    }
}
