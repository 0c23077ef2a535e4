package dev.skelly.feature;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Calls that take at most {@code permits} permits in {@code period} for each key, refilled evenly.
 *
 * @param name names the bucket and the metric, e.g. {@code login}
 * @param permits also the burst
 * @param period over which all permits come back
 * @param key who shares a bucket, e.g. address and e-mail; runs after the body was read and checked
 * @param cost permits that a call takes, 1 to {@code permits}; runs like {@code key}
 */
public record RateLimit(
        String name, int permits, Duration period, Function<Request, String> key, ToIntFunction<Request> cost) {

    /** The same where each call takes one permit. */
    public RateLimit(String name, int permits, Duration period, Function<Request, String> key) {
        this(name, permits, period, key, call -> 1);
    }
}
