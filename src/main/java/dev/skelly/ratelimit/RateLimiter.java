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
     * What became of a call.
     *
     * @param allowed whether it may go on
     * @param remaining permits that are left
     * @param reset when all permits are back, or, where it was not allowed, when it would be
     */
    public record Decision(boolean allowed, long remaining, Duration reset) {}

    private record LimitKey(String limit, String caller) {}

    private final RateLimitConfig config;
    private final RateLimit general;

    /* Forgets the longest unused key, as the setting promises. Caffeine also counts uses, so it may forget the key that just came. */
    private final Map<LimitKey, Bucket> buckets = new LinkedHashMap<>(64, LOAD, true); // Guarded by this.

    /** Remembers nobody yet. */
    public RateLimiter(RateLimitConfig config) {
        this.config = config;
        var period = Duration.ofNanos(NANOS_A_SECOND * config.burst() / config.perSecond());
        this.general = new RateLimit("requests", config.burst(), period, request -> "");
    }

    /** Whether limits hold at all. */
    public boolean enabled() {
        return config.enabled();
    }

    /** The limit that holds for all routes together; whoever counts by it names the caller. */
    public RateLimit general() {
        return general;
    }

    /** Takes one permit of {@code key}'s bucket, where limits hold. */
    public Decision take(RateLimit limit, String key) {
        return take(limit, key, 1);
    }

    /** Takes several permits of {@code key}'s bucket or none, where limits hold. */
    public Decision take(RateLimit limit, String key, int permits) {
        if (!config.enabled()) {
            return new Decision(true, limit.permits(), Duration.ZERO);
        }
        var taken = bucket(limit, key).tryConsumeAndReturnRemaining(permits);
        var nanos = taken.isConsumed() ? taken.getNanosToWaitForReset() : taken.getNanosToWaitForRefill();
        return new Decision(taken.isConsumed(), taken.getRemainingTokens(), Duration.ofNanos(nanos));
    }

    /** Gives back a permit that was taken, because the call was none of those that are to be limited. */
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
