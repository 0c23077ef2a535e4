package dev.skelly.worker;

import dev.skelly.feature.Worker;
import java.time.Duration;
import java.util.List;

/**
 * Settings of the work role, under {@code work}.
 *
 * @param concurrency events of one worker that run at once on a node, and the same number of retries; also the largest group of a worker
 *     whose work reaches outside the database
 * @param groupMax events of one worker that share a transaction
 * @param window messages of one worker that a node holds, those that run included
 * @param windowBytes number of bytes of their data; a longer window is shortened when messages are long, not below 64 messages
 * @param timeout after which a run counts as failed
 * @param retry pauses before the second and each further attempt, ±20 %; after the last the event becomes a dead letter
 * @param poll how often a node looks for due events
 * @param claim how long a running attempt belongs to its node; renewed three times as often
 * @param drain how long a stopping node waits for running attempts
 * @param keepDone how long the record of a finished event is kept; a message older than this may have its effect again
 */
public record WorkerConfig(
        int concurrency,
        int groupMax,
        int window,
        int windowBytes,
        Duration timeout,
        List<Duration> retry,
        Duration poll,
        Duration claim,
        Duration drain,
        Duration keepDone) {

    /** The default settings. */
    public static final WorkerConfig DEFAULT = new WorkerConfig(
            16,
            256,
            1_024,
            8 * 1_024 * 1_024,
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
    private static final int GROUP_MAX = 1_000;
    private static final int WINDOW_MAX = 10_000;
    private static final int GROUPS_AHEAD = 4; // Two run, one fills, one is on its way.

    /** Rejects invalid bounds and times; copies the retry list. */
    public WorkerConfig {
        between("work.concurrency", concurrency, CONCURRENCY_MAX);
        between("work.group-max", groupMax, GROUP_MAX);
        between("work.window", window, WINDOW_MAX);
        between("work.window-bytes", windowBytes, Integer.MAX_VALUE);
        retry = List.copyOf(retry);
        retry.forEach(pause -> positive("work.retry", pause));
        positive("work.timeout", timeout);
        positive("work.poll", poll);
        positive("work.claim", claim);
        positive("work.drain", drain);
        positive("work.keep-done", keepDone);
    }

    /**
     * Returns how many events of a worker share a transaction. Work outside the database is repeated for the whole group when the process
     * dies, so such a group is not larger than what runs at once.
     */
    int groupMax(Worker worker) {
        return worker.commandsOnly() ? groupMax : Math.min(groupMax, concurrency);
    }

    /** Returns how many messages of a worker a node holds. */
    int window(Worker worker) {
        return Math.min(window, GROUPS_AHEAD * groupMax(worker));
    }

    /** Returns the total number of attempts. */
    int attemptsMax() {
        return retry.size() + 1;
    }

    private static void between(String key, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: 1 to " + max + ")");
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: more than 0)");
        }
    }
}
