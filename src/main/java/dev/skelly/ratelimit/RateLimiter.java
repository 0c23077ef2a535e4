package dev.skelly.ratelimit;

import dev.skelly.feature.RateLimit;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Counts calls by key, each node for itself. Safe on any thread. */
public final class RateLimiter {

    private static final String GENERAL = "requests";
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

    /**
     * What a call takes from one bucket.
     *
     * @param limit the bucket's size and period
     * @param key selects the bucket among those of the limit
     */
    public record Claim(RateLimit limit, String key, int permits) {}

    private record LimitKey(String limit, String caller) {}

    /** The settings as of one moment, and the limit for all routes that follows from them. */
    private record PresentLimits(RateLimitConfig config, RateLimit general) {

        private static PresentLimits of(RateLimitConfig config) {
            var period = Duration.ofNanos(NANOS_A_SECOND * config.burst() / config.perSecond());
            return new PresentLimits(config, new RateLimit(GENERAL, config.burst(), period, request -> ""));
        }
    }

    private final Supplier<RateLimitConfig> config;
    private volatile PresentLimits rules;

    /* Removes the key unused for longest, as the setting promises. Caffeine also counts uses, so it may remove the newest key. */
    private final Map<LimitKey, Bucket> buckets = new LinkedHashMap<>(64, LOAD, true); // Guarded by this.

    /** Creates a limiter without keys. */
    public RateLimiter(RateLimitConfig config) {
        this(() -> config);
    }

    /**
     * Creates a limiter whose settings may change. After a change every caller has a full bucket of the limit for all routes.
     *
     * @param config returns the present settings; called for each decision on any thread
     */
    public RateLimiter(Supplier<RateLimitConfig> config) {
        this.config = config;
        this.rules = PresentLimits.of(config.get());
    }

    private PresentLimits rules() {
        var now = config.get();
        var known = rules;
        return known.config().equals(now) ? known : change(now);
    }

    private synchronized PresentLimits change(RateLimitConfig now) {
        if (!rules.config().equals(now)) {
            rules = PresentLimits.of(now);
            buckets.keySet().removeIf(key -> key.limit().equals(GENERAL));
        }
        return rules;
    }

    /** Tells whether limits are enabled. */
    public boolean enabled() {
        return rules().config().enabled();
    }

    /** Returns the limit for all routes together, counted per caller. */
    public RateLimit general() {
        return rules().general();
    }

    /** Takes one permit from {@code key}'s bucket, if limits are enabled. */
    public Decision take(RateLimit limit, String key) {
        return take(limit, key, 1);
    }

    /** Takes several permits from {@code key}'s bucket or none, if limits are enabled. */
    public Decision take(RateLimit limit, String key, int permits) {
        if (!rules().config().enabled()) {
            return new Decision(true, limit.permits(), Duration.ZERO);
        }
        var taken = bucket(limit, key).tryConsumeAndReturnRemaining(permits);
        var nanos = taken.isConsumed() ? taken.getNanosToWaitForReset() : taken.getNanosToWaitForRefill();
        return new Decision(taken.isConsumed(), taken.getRemainingTokens(), Duration.ofNanos(nanos));
    }

    /**
     * Returns what a call takes from the networks of an address, the widest first. Wider networks have larger buckets. The widest refuses before a
     * bucket is made for each of its many small networks, which would push the buckets of others out of memory.
     *
     * @param key names what is counted apart in each network, such as an account; empty for all
     * @param permits 1 to the limit's
     */
    public static List<Claim> ofNetworks(RateLimit limit, String key, String address, int permits) {
        return ofNetworks(limit, key, address, permits, Integer.MAX_VALUE);
    }

    /**
     * Returns the same with buckets of bounded size.
     *
     * @param widestMax the permits of the largest bucket, at least the limit's
     */
    public static List<Claim> ofNetworks(RateLimit limit, String key, String address, int permits, int widestMax) {
        var prefix = key.isEmpty() ? key : key + " ";
        var claims = new ArrayList<Claim>();
        for (var network : ClientNetwork.widening(address)) {
            var share = limit.withPermits(Math.min(network.share(limit.permits()), widestMax));
            claims.add(0, new Claim(share, prefix + network.key(), permits));
        }
        return claims;
    }

    /**
     * Takes from all buckets or from none, if limits are enabled. While a rejected call gives back, another call may find less.
     *
     * @param claims at least one
     * @return of the bucket that rejected, otherwise of the one with the least left
     */
    public Decision take(List<Claim> claims) {
        var least = take(claims.get(0));
        for (var next = 1; next < claims.size() && least.allowed(); next++) {
            var decision = take(claims.get(next));
            if (!decision.allowed()) {
                giveBack(claims.subList(0, next));
            }
            least = decision.allowed() && decision.remaining() > least.remaining() ? least : decision;
        }
        return least;
    }

    private Decision take(Claim claim) {
        return take(claim.limit(), claim.key(), claim.permits());
    }

    /** Tells what {@link #take(List)} would return, and takes nothing. */
    public Decision look(List<Claim> claims) {
        var first = claims.get(0);
        if (!rules().config().enabled()) {
            return new Decision(true, first.limit().permits(), Duration.ZERO);
        }
        for (var claim : claims) {
            var seen = bucket(claim.limit(), claim.key()).estimateAbilityToConsume(claim.permits());
            if (!seen.canBeConsumed()) {
                return new Decision(false, seen.getRemainingTokens(), Duration.ofNanos(seen.getNanosToWaitForRefill()));
            }
        }
        return new Decision(true, first.limit().permits(), Duration.ZERO);
    }

    /** Returns what a call took, because the call does not count against the limit. */
    public void giveBack(List<Claim> claims) {
        if (rules().config().enabled()) {
            claims.forEach(claim -> bucket(claim.limit(), claim.key()).addTokens(claim.permits()));
        }
    }

    private synchronized Bucket bucket(RateLimit limit, String key) {
        var bucket = buckets.computeIfAbsent(new LimitKey(limit.name(), key), unknown -> full(limit));
        if (buckets.size() > rules.config().keysMax()) {
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
                .withNanosecondPrecision() // A monotonic clock: one that is set back would stop all refilling until it
                // is there again.
                .build();
    }
}
