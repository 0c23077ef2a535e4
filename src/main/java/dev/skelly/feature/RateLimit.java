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
 * @param scope whether the network of the caller selects the bucket, too
 * @param key selects the bucket, e.g. by account and e-mail; runs after the body was read and checked
 * @param cost permits that a call takes, 1 to {@code permits}; runs like {@code key}
 */
public record RateLimit(
        String name,
        int permits,
        Duration period,
        Scope scope,
        Function<Request, String> key,
        ToIntFunction<Request> cost) {

    /** What selects the bucket. */
    public enum Scope {
        /** The key. */
        KEY,
        /** The caller's network. While its bucket is empty, a request is rejected before its body is read. */
        NETWORK,
        /** The key and the caller's network. */
        KEY_AND_NETWORK
    }

    /** Creates a limit by key. */
    public RateLimit(
            String name, int permits, Duration period, Function<Request, String> key, ToIntFunction<Request> cost) {
        this(name, permits, period, Scope.KEY, key, cost);
    }

    /** Creates a limit by key in which each call takes one permit. */
    public RateLimit(String name, int permits, Duration period, Function<Request, String> key) {
        this(name, permits, period, key, call -> 1);
    }

    /**
     * Creates a limit by the caller's network: {@code permits} for an IPv4 address or IPv6 /64, and more for the networks around it, which a call
     * takes from as well. A request with an invalid body takes none.
     */
    public static RateLimit perNetwork(String name, int permits, Duration period) {
        return new RateLimit(name, permits, period, Scope.NETWORK, request -> "", call -> 1);
    }

    /** Creates a limit like {@link #perNetwork(String, int, Duration)}, counted apart for each key. */
    public static RateLimit perNetwork(String name, int permits, Duration period, Function<Request, String> key) {
        return new RateLimit(name, permits, period, Scope.KEY_AND_NETWORK, key, call -> 1);
    }

    /** Returns this limit with other permits. */
    public RateLimit withPermits(int other) {
        return new RateLimit(name, other, period, scope, key, cost);
    }
}
