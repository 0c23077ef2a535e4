package dev.skelly.security;

/**
 * Settings of the rate limits, under {@code ratelimit}.
 *
 * @param enabled whether any limit holds
 * @param keysMax keys remembered a node; beyond it the longest unused is forgotten, and so starts afresh
 */
public record RateLimitConfig(boolean enabled, int keysMax) {

    /** What is shipped. */
    public static final RateLimitConfig DEFAULT = new RateLimitConfig(true, 100_000);

    /** Refuses to remember nobody. */
    public RateLimitConfig {
        if (keysMax < 1) {
            throw new IllegalArgumentException("ratelimit.keys-max: " + keysMax + " (expected: at least 1)");
        }
    }
}
