package dev.skelly.ratelimit;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Counts what clients hold at the same time, such as connections, by {@link ClientNetwork}. The node's own bound is the caller's. Bounded by what
 * is held. Safe on any thread.
 */
public final class NetworkCounter {

    private final IntSupplier perAddress;
    private final IntSupplier perNode;
    private final Map<String, Integer> held = new HashMap<>(); // Guarded by this.

    /**
     * Creates a counter.
     *
     * @param perAddress the most that one client may hold. Wider networks may hold more
     * @param perNode the most that a node holds. No network may hold more than half of it, except by {@code perAddress}
     */
    public NetworkCounter(int perAddress, int perNode) {
        this(() -> perAddress, () -> perNode);
    }

    /** Creates a counter whose limits may change; what is held beyond a lower one stays. Both are called for each decision, on any thread. */
    public NetworkCounter(IntSupplier perAddress, IntSupplier perNode) {
        this.perAddress = perAddress;
        this.perNode = perNode;
    }

    /** Returns the most of a node's share that a network of any width may have. */
    public static int widestMax(int perAddress, int perNode) {
        return Math.max(perAddress, perNode / 2);
    }

    /** Tells whether a network of the address holds all that it may. */
    public synchronized boolean isFull(String address) {
        var most = perAddress.getAsInt();
        var widestMax = widestMax(most, perNode.getAsInt());
        return ClientNetwork.widening(address).stream()
                .anyMatch(network -> held.getOrDefault(network.key(), 0) >= Math.min(network.share(most), widestMax));
    }

    /** Counts one more, unless {@link #isFull}. Returns whether it was counted; then {@link #leave} must follow. */
    public synchronized boolean enter(String address) {
        if (isFull(address)) {
            return false;
        }
        ClientNetwork.widening(address).forEach(network -> held.merge(network.key(), 1, Integer::sum));
        return true;
    }

    /** Counts one less. */
    public synchronized void leave(String address) {
        ClientNetwork.widening(address)
                .forEach(
                        network -> held.computeIfPresent(network.key(), (key, count) -> count == 1 ? null : count - 1));
    }
}
