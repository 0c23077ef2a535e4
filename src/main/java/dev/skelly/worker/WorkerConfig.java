package dev.skelly.worker;

import java.time.Duration;
import java.util.List;

/**
 * Settings of the work role, under {@code work}.
 *
 * @param concurrency events of one worker that run at once on a node. As many retries, and as many messages wait in memory
 * @param timeout time after which a run counts as failed
 * @param retry pauses before the second and each further attempt, ±20 %. After the last one the event becomes a dead letter
 * @param poll interval at which a node looks for due retries
 * @param claim time for which a running attempt belongs to its node. Renewed three times as often
 * @param drain time for which a stopping node waits for running work
 * @param keepDone time for which finished work is remembered. An older message could have its effect again
 */
public record WorkerConfig(
        int concurrency,
        Duration timeout,
        List<Duration> retry,
        Duration poll,
        Duration claim,
        Duration drain,
        Duration keepDone) {

    /** The defaults. */
    public static final WorkerConfig DEFAULT = new WorkerConfig(
            16,
            Duration.ofMinutes(1),
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(3)),
            Duration.ofMillis(500),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofDays(14));

    private static final int CONCURRENCY_MAX = 1_000;

    /** Refuses values out of bounds; copies the list of pauses. */
    public WorkerConfig {
        if (concurrency < 1 || concurrency > CONCURRENCY_MAX) {
            throw new IllegalArgumentException(
                    "work.concurrency: " + concurrency + " (expected: 1 to " + CONCURRENCY_MAX + ")");
        }
        retry = List.copyOf(retry);
        retry.forEach(pause -> positive("work.retry", pause));
        positive("work.timeout", timeout);
        positive("work.poll", poll);
        positive("work.claim", claim);
        positive("work.drain", drain);
        positive("work.keep-done", keepDone);
    }

    /** Returns the number of attempts, the first one included. */
    int attemptsMax() {
        return retry.size() + 1;
    }

    private static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: more than 0)");
        }
    }
}
