package dev.skelly.stream;

import dev.skelly.feature.Problem;
import dev.skelly.ratelimit.ClientNetwork;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Limits the streams of a node: per second, per {@link ClientNetwork} of an address, per account, and in total. Safe on any thread. */
final class ConnectionLimiter {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final double NANOS_PER_SECOND = 1e9;

    private final StreamConfig config;
    private final Map<UUID, Integer> byAccount = new HashMap<>(); // Guarded by this, like the fields below.
    private final Map<String, Integer> byNetwork = new HashMap<>();
    private int all;
    private double permits;
    private long refilledAt = System.nanoTime();

    ConnectionLimiter(StreamConfig config) {
        this.config = config;
        this.permits = config.connectsPerSecond();
    }

    /**
     * Checks the limits before the caller is known. Uses one permit of this second.
     *
     * @throws Problem 503 or 429 with a delay
     */
    synchronized void knock(String address) {
        refill();
        if (permits < 1) {
            throw Problem.unavailable("too many streams are being opened at once", SOON);
        }
        permits--;
        if (all >= config.connectionsPerNode()) {
            throw Problem.unavailable("this node has reached its limit of open streams", LATER);
        }
        if (byNetwork.getOrDefault(ClientNetwork.of(address), 0) >= config.connectionsPerAddress()) {
            throw Problem.tooMany("too many streams are open from this address", LATER);
        }
    }

    private void refill() {
        var now = System.nanoTime();
        var more = (now - refilledAt) / NANOS_PER_SECOND * config.connectsPerSecond();
        permits = Math.min(config.connectsPerSecond(), permits + more);
        refilledAt = now;
    }

    /**
     * Takes a slot, which {@link #leave} returns.
     *
     * @throws Problem 503 or 429 with a delay
     */
    synchronized void enter(UUID account, String address) {
        if (all >= config.connectionsPerNode()) {
            throw Problem.unavailable("this node has reached its limit of open streams", LATER);
        }
        if (byNetwork.getOrDefault(ClientNetwork.of(address), 0) >= config.connectionsPerAddress()) {
            throw Problem.tooMany("too many streams are open from this address", LATER);
        }
        if (byAccount.getOrDefault(account, 0) >= config.connectionsPerUser()) {
            throw Problem.tooMany("too many streams are open for this account", LATER);
        }
        all++;
        byNetwork.merge(ClientNetwork.of(address), 1, Integer::sum);
        byAccount.merge(account, 1, Integer::sum);
    }

    /** Returns a slot. */
    synchronized void leave(UUID account, String address) {
        all--;
        byNetwork.computeIfPresent(ClientNetwork.of(address), (key, count) -> count == 1 ? null : count - 1);
        byAccount.computeIfPresent(account, (key, count) -> count == 1 ? null : count - 1);
    }
}
