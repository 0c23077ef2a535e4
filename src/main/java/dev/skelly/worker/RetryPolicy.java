package dev.skelly.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Decides when an event is retried, and when it is given up. */
final class RetryPolicy {

    private static final double JITTER = 0.2;

    private final List<Duration> pauses;
    private final RandomGenerator random;

    RetryPolicy(List<Duration> pauses, RandomGenerator random) {
        this.pauses = List.copyOf(pauses);
        this.random = random;
    }

    /**
     * Returns the pause after attempt number {@code attempt} failed, ±20 % so that events that failed together are not retried together;
     * empty after the last attempt.
     */
    Optional<Duration> after(int attempt) {
        if (attempt > pauses.size()) {
            return Optional.empty();
        }
        var millis = pauses.get(attempt - 1).toMillis();
        return Optional.of(Duration.ofMillis(Math.round(millis * (1 + JITTER * (2 * random.nextDouble() - 1)))));
    }
}
