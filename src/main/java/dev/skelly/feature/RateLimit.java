package dev.skelly.feature;

import java.time.Duration;
import java.util.function.Function;

/**
 * At most {@code permits} calls in {@code period} for each key, refilled evenly.
 *
 * @param name names the bucket and the metric, e.g. {@code login}
 * @param permits calls, also the burst
 * @param period over which all permits come back
 * @param key who shares a bucket, e.g. address and e-mail; runs after the body was read and checked
 */
public record RateLimit(String name, int permits, Duration period, Function<Request, String> key) {}
