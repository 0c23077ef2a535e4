package dev.skelly.features.system;

import java.time.Duration;

/**
 * Settings of the events about the system, under {@code system}.
 *
 * @param metrics whether {@code system.metrics} are emitted
 * @param health whether {@code system.health-changed} are emitted
 * @param errors whether {@code system.error} are emitted
 * @param interval interval of the metrics and of the errors
 * @param errorsMax places of errors that a node reports at one interval. Beyond it, only their number is reported
 */
public record SystemConfig(boolean metrics, boolean health, boolean errors, Duration interval, int errorsMax) {

    private static final Duration INTERVAL_MIN = Duration.ofSeconds(1);
    private static final Duration INTERVAL_MAX = Duration.ofHours(1);
    private static final int ERRORS_MAX = 100;

    /** The default settings. */
    public static final SystemConfig DEFAULT = new SystemConfig(true, true, true, Duration.ofSeconds(10), 10);

    /** Rejects values out of bounds. */
    public SystemConfig {
        if (interval.compareTo(INTERVAL_MIN) < 0 || interval.compareTo(INTERVAL_MAX) > 0) {
            throw new IllegalArgumentException("system.interval: " + interval + " (expected: 1 s to an hour)");
        }
        if (errorsMax < 1 || errorsMax > ERRORS_MAX) {
            throw new IllegalArgumentException(
                    "system.errors-max: " + errorsMax + " (expected: 1 to " + ERRORS_MAX + ")");
        }
    }
}
