package dev.skelly.worker;

import java.time.Duration;
import java.util.List;

/**
 * Settings of the work role, under {@code work}.
 *
 * @param concurrency events of one worker that run at once on a node; the same number of retries, and of messages waiting in memory
 * @param timeout after which a run counts as failed
 * @param retry pauses before the second and each further attempt, ±20 %; after the last the event becomes a dead letter
 * @param poll how often a node looks for due events
 * @param claim how long a running attempt belongs to its node; renewed three times as often
 * @param drain how long a stopping node waits for running attempts
 * @param keepDone how long the record of a finished event is kept; a message older than this may have its effect again
 */
public record WorkerConfig(
        int concurrency,
        Duration timeout,
        List<Duration> retry,
        Duration poll,
        Duration claim,
        Duration drain,
        Duration keepDone) {

    /** The default settings. */
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

    /** Rejects invalid bounds and times; copies the retry list. */
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

    /** Returns the total number of attempts. */
    int attemptsMax() {
        return retry.size() + 1;
    }

    private static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: more than 0)");
        }
    }
}
