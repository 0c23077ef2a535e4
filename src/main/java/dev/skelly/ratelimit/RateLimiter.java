package dev.skelly.ratelimit;

import dev.skelly.feature.RateLimit;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts calls by key, each node for itself. Safe on any thread. */
public final class RateLimiter {

    private static final float LOAD = 0.75f;
    private static final long NANOS_A_SECOND = 1_000_000_000;

    /**
     * The result of a call.
     *
     * @param allowed whether the call may proceed
     * @param remaining the permits that are left
     * @param reset the time until all permits are back; for a rejected call, until it would be allowed
     */
    public record Decision(boolean allowed, long remaining, Duration reset) {}

    private record LimitKey(String limit, String caller) {}

    private final RateLimitConfig config;
    private final RateLimit general;

    /* Removes the key unused for longest, as the setting promises. Caffeine also counts uses, so it may remove the newest key. */
    private final Map<LimitKey, Bucket> buckets = new LinkedHashMap<>(64, LOAD, true); // Guarded by this.

    /** Creates a limiter without keys. */
    public RateLimiter(RateLimitConfig config) {
        this.config = config;
        var period = Duration.ofNanos(NANOS_A_SECOND * config.burst() / config.perSecond());
        this.general = new RateLimit("requests", config.burst(), period, request -> "");
    }

    /** Tells whether limits are enabled. */
    public boolean enabled() {
        return config.enabled();
    }

    /** Returns the limit for all routes together, counted per caller. */
    public RateLimit general() {
        return general;
    }

    /** Takes one permit from {@code key}'s bucket, if limits are enabled. */
    public Decision take(RateLimit limit, String key) {
        return take(limit, key, 1);
    }

    /** Takes several permits from {@code key}'s bucket or none, if limits are enabled. */
    public Decision take(RateLimit limit, String key, int permits) {
        if (!config.enabled()) {
            return new Decision(true, limit.permits(), Duration.ZERO);
        }
        var taken = bucket(limit, key).tryConsumeAndReturnRemaining(permits);
        var nanos = taken.isConsumed() ? taken.getNanosToWaitForReset() : taken.getNanosToWaitForRefill();
        return new Decision(taken.isConsumed(), taken.getRemainingTokens(), Duration.ofNanos(nanos));
    }

    /** Returns a permit, because the call does not count against the limit. */
    public void giveBack(RateLimit limit, String key) {
        if (config.enabled()) {
            bucket(limit, key).addTokens(1);
        }
    }

    private synchronized Bucket bucket(RateLimit limit, String key) {
        var bucket = buckets.computeIfAbsent(new LimitKey(limit.name(), key), unknown -> full(limit));
        if (buckets.size() > config.keysMax()) {
            var eldest = buckets.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        return bucket;
    }

    private static Bucket full(RateLimit limit) {
        return Bucket.builder()
                .addLimit(
                        bandwidth -> bandwidth.capacity(limit.permits()).refillGreedy(limit.permits(), limit.period()))
                .build();
    }
}
