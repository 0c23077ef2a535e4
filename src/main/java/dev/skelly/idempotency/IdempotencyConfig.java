package dev.skelly.idempotency;

import java.time.Duration;

/**
 * Settings of {@code Idempotency-Key}, under {@code idempotency}.
 *
 * @param keep time for which an Idempotency-Key and its response are stored, from the first use
 * @param answerBytesMax longest stored response in bytes. A longer one is built again from the stored result
 * @param keysPerCaller stored keys of one caller. Further ones are refused with 429
 * @param sweep interval at which a node deletes expired keys
 */
public record IdempotencyConfig(Duration keep, int answerBytesMax, int keysPerCaller, Duration sweep) {

    private static final Duration KEEP_MAX = Duration.ofDays(31); // Before DEFAULT, whose constructor call reads it.

    /** The defaults. */
    public static final IdempotencyConfig DEFAULT =
            new IdempotencyConfig(Duration.ofHours(24), 256 * 1024, 10_000, Duration.ofMinutes(1));

    /** Refuses bounds below one, and times out of range. */
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
