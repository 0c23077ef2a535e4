package dev.skelly.feature;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A rate limit of {@code permits} permits in {@code period} for each key, refilled evenly.
 *
 * @param name names the bucket and the metric, e.g. {@code login}
 * @param permits also the burst size
 * @param period time in which all permits are refilled
 * @param key selects the bucket, e.g. by address and e-mail; runs after the body was read and checked
 * @param cost permits that a call takes, 1 to {@code permits}; runs like {@code key}
 */
public record RateLimit(
        String name, int permits, Duration period, Function<Request, String> key, ToIntFunction<Request> cost) {

    /** Creates a limit in which each call takes one permit. */
    public RateLimit(String name, int permits, Duration period, Function<Request, String> key) {
        this(name, permits, period, key, call -> 1);
    }
}
