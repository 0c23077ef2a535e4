package dev.skelly.idempotency;

import java.time.Duration;

/**
 * Settings of {@code Idempotency-Key}, under {@code idempotency}.
 *
 * @param keep how long a key and its answer are remembered, from its first use
 * @param answerBytesMax longest answer that is remembered; a longer one is made again from what was done
 * @param keysPerCaller keys of one caller remembered at once; beyond it new ones are refused with 429
 * @param sweep how often a node forgets keys whose time is over
 */
public record IdempotencyConfig(Duration keep, int answerBytesMax, int keysPerCaller, Duration sweep) {

    private static final Duration KEEP_MAX = Duration.ofDays(31); // Before what is shipped, which it checks.

    /** What is shipped. */
    public static final IdempotencyConfig DEFAULT =
            new IdempotencyConfig(Duration.ofHours(24), 256 * 1024, 10_000, Duration.ofMinutes(1));

    /** Refuses bounds below one, and times that are not positive or absurd. */
    public IdempotencyConfig {
        if (keep.compareTo(Duration.ofSeconds(1)) < 0 || keep.compareTo(KEEP_MAX) > 0) {
            throw new IllegalArgumentException("idempotency.keep: " + keep + " (expected: 1 s to " + KEEP_MAX + ")");
        }
        atLeastOne("idempotency.answer-bytes-max", answerBytesMax);
        atLeastOne("idempotency.keys-per-caller", keysPerCaller);
        if (sweep.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("idempotency.sweep: " + sweep + " (expected: at least 100 ms)");
        }
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: at least 1)");
        }
    }
}
