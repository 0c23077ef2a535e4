package dev.skelly.ratelimit;

/**
 * Settings of the rate limits, under {@code ratelimit}.
 *
 * @param enabled whether limits apply
 * @param perSecond requests a second to all routes together, by account, or by network address without a login
 * @param burst requests that may come at once
 * @param keysMax callers that a node remembers. Beyond it, the least recently used one starts afresh
 */
public record RateLimitConfig(boolean enabled, int perSecond, int burst, int keysMax) {

    /** The default settings. */
    public static final RateLimitConfig DEFAULT = new RateLimitConfig(true, 20, 40, 100_000);

    /** Rejects values below one. */
    public RateLimitConfig {
        atLeastOne("ratelimit.per-second", perSecond);
        atLeastOne("ratelimit.burst", burst);
        atLeastOne("ratelimit.keys-max", keysMax);
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: at least 1)");
        }
    }
}
