package dev.skelly.ratelimit;

/**
 * Settings of the rate limits, under {@code ratelimit}.
 *
 * @param enabled whether any limit holds
 * @param perSecond requests a second of one account, or without one of one address, to all routes together
 * @param burst such requests at once
 * @param keysMax keys remembered a node; beyond it the longest unused is forgotten, and so starts afresh
 */
public record RateLimitConfig(boolean enabled, int perSecond, int burst, int keysMax) {

    /** The default settings. */
    public static final RateLimitConfig DEFAULT = new RateLimitConfig(true, 20, 40, 100_000);

    /** Rejects limits below one. */
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
