package dev.skelly.stream;

import dev.skelly.feature.Problem;
import dev.skelly.feature.RateLimit;
import dev.skelly.ratelimit.ClientNetwork;
import dev.skelly.ratelimit.NetworkCounter;
import dev.skelly.ratelimit.RateLimiter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Limits the streams of a node: per second and in total, first per {@link ClientNetwork} and then for the node, and per account. No network can use
 * up what the node has for all. Safe on any thread.
 */
final class ConnectionLimiter {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Supplier<StreamConfig> config;
    private final RateLimiter limits;
    private final NetworkCounter networks;
    private final Map<UUID, Integer> byAccount = new HashMap<>(); // Guarded by this, like the fields below.
    private int all;
    private double permits;
    private long refilledAt = System.nanoTime();

    /**
     * Creates a limiter without streams.
     *
     * @param config returns the present settings; streams that are open stay when a limit becomes lower
     * @param limits counts the attempts of networks, if limits are enabled
     */
    ConnectionLimiter(Supplier<StreamConfig> config, RateLimiter limits) {
        this.config = config;
        this.limits = limits;
        this.networks = new NetworkCounter(
                () -> config.get().connectionsPerAddress(), () -> config.get().connectionsPerNode());
        this.permits = config.get().connectsPerSecond();
    }

    /**
     * Checks the limits before the caller is known. Uses a permit of this second, first the network's and then the node's; {@link #giveBack} returns
     * the node's if no stream is opened.
     *
     * @throws Problem 503 or 429 with a delay
     */
    void knock(String address) {
        checkHeld(address);
        var present = config.get();
        var most = present.connectsPerAddress();
        var connects = RateLimit.perNetwork("stream-connects-" + most, most, SOON); // Another limit has other buckets.
        var widestMax = NetworkCounter.widestMax(most, present.connectsPerSecond());
        var taken = RateLimiter.ofNetworks(connects, "", address, 1, widestMax);
        if (!limits.take(taken).allowed()) {
            throw Problem.tooMany("too many streams are being opened from this network", SOON);
        }
        if (!takeOfNode()) {
            limits.giveBack(taken);
            throw Problem.unavailable("too many streams are being opened at once", SOON);
        }
    }

    private synchronized void checkHeld(String address) {
        if (networks.isFull(address)) {
            throw Problem.tooMany("too many streams are open from this network", LATER);
        }
        if (all >= config.get().connectionsPerNode()) {
            throw Problem.unavailable("this node has reached its limit of open streams", LATER);
        }
    }

    private synchronized boolean takeOfNode() {
        var now = System.nanoTime();
        var rate = config.get().connectsPerSecond();
        permits = Math.min(rate, permits + (now - refilledAt) / NANOS_PER_SECOND * rate);
        refilledAt = now;
        if (permits < 1) {
            return false;
        }
        permits--;
        return true;
    }

    /** Returns the node's permit of an attempt that failed. The network's stays used: otherwise attempts would cost nothing. */
    synchronized void giveBack() {
        permits = Math.min(config.get().connectsPerSecond(), permits + 1);
    }

    /**
     * Takes a slot, which {@link #leave} returns.
     *
     * @throws Problem 503 or 429 with a delay
     */
    synchronized void enter(UUID account, String address) {
        checkHeld(address);
        if (byAccount.getOrDefault(account, 0) >= config.get().connectionsPerUser()) {
            throw Problem.tooMany("too many streams are open for this account", LATER);
        }
        if (!networks.enter(address)) {
            throw new IllegalStateException("the network has a free slot: only this class takes them, under its lock");
        }
        all++;
        byAccount.merge(account, 1, Integer::sum);
    }

    /** Returns a slot. */
    synchronized void leave(UUID account, String address) {
        all--;
        networks.leave(address);
        byAccount.computeIfPresent(account, (key, count) -> count == 1 ? null : count - 1);
    }
}
