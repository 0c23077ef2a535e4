package dev.skelly.idempotency;

import java.time.Duration;

/**
 * Settings of {@code Idempotency-Key}, under {@code idempotency}.
 *
 * @param keep how long a key and its response are stored, from its first use
 * @param answerBytesMax maximum size of a stored response; a longer one is rebuilt from the stored effect
 * @param keysPerCaller stored keys per caller; beyond it new ones are rejected with 429
 * @param sweep how often a node deletes expired keys
 */
public record IdempotencyConfig(Duration keep, int answerBytesMax, int keysPerCaller, Duration sweep) {

    private static final Duration KEEP_MAX = Duration.ofDays(31); // Declared before DEFAULT, whose constructor uses it.

    /** The default settings. */
    public static final IdempotencyConfig DEFAULT =
            new IdempotencyConfig(Duration.ofHours(24), 256 * 1024, 10_000, Duration.ofMinutes(1));

    /** Rejects bounds below one, and times that are not positive or out of range. */
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
