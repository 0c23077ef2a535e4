package dev.skelly.auth;

import dev.skelly.ratelimit.ClientNetwork;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue that serves the client with the fewest recent turns first, so that a newcomer passes those who come all the time. A client's network
 * counts, too, divided by {@link ClientNetwork#factor}: an attacker with many addresses of a network is no newcomer, and neighbours of an attacker
 * are not him. When the queue is full, the client that waits for most gives way, by the same measure: one may use the whole queue until others
 * need it. Not thread-safe.
 */
final class FairQueue<T> {

    /** What waits for one client; never empty outside a method. */
    private static final class Waiting<T> {

        private final ClientNetwork network;
        private final Deque<T> items = new ArrayDeque<>();

        private Waiting(ClientNetwork network) {
            this.network = network;
        }
    }

    private final int sizeMax;
    private final Map<String, Waiting<T>> clients = new LinkedHashMap<>(); // The longest waiting first.
    private final Map<String, Integer> networks = new HashMap<>(); // The number of items.
    private final RecentTurns turns = new RecentTurns();
    private int size;

    FairQueue(int sizeMax) {
        this.sizeMax = sizeMax;
    }

    /**
     * Adds an item.
     *
     * @param address of the client
     * @return the item that had to give way, perhaps this one; empty if there was space
     */
    Optional<T> add(String address, T item) {
        var client = ClientNetwork.of(address);
        var waiting = clients.computeIfAbsent(client, unknown -> new Waiting<>(ClientNetwork.widest(address)));
        waiting.items.addLast(item);
        networks.merge(waiting.network.key(), 1, Integer::sum);
        size++;
        if (size <= sizeMax) {
            return Optional.empty();
        }
        var most = longest(client, waiting);
        return Optional.of(
                removed(most.getKey(), most.getValue(), most.getValue().items.removeLast()));
    }

    /** Counts a turn of a client whose item did not have to wait. */
    void served(String address) {
        count(ClientNetwork.of(address), ClientNetwork.widest(address).key());
    }

    /** Removes and returns the item whose turn it is; null if none waits. */
    @Nullable
    T next() {
        Map.@Nullable Entry<String, Waiting<T>> next = null;
        var fewest = Double.MAX_VALUE;
        for (var each : clients.entrySet()) {
            var of = turns(each.getKey(), each.getValue().network);
            if (of < fewest) {
                fewest = of;
                next = each;
            }
        }
        if (next == null) {
            return null;
        }
        var waiting = next.getValue();
        count(next.getKey(), waiting.network.key());
        return removed(next.getKey(), waiting, waiting.items.removeFirst());
    }

    private void count(String client, String network) {
        turns.count(client);
        if (!network.equals(client)) {
            turns.count(network);
        }
    }

    private double turns(String client, ClientNetwork network) {
        return Math.max(turns.of(client), turns.of(network.key()) / network.factor());
    }

    /* Of equal ones, the newcomer. */
    private Map.Entry<String, Waiting<T>> longest(String newcomer, Waiting<T> itsItems) {
        var longest = Map.entry(newcomer, itsItems);
        for (var other : clients.entrySet()) {
            if (load(other.getValue()) > load(longest.getValue())) {
                longest = other;
            }
        }
        return longest;
    }

    private double load(Waiting<T> waiting) {
        var network = waiting.network;
        return Math.max(waiting.items.size(), networks.getOrDefault(network.key(), 0) / (double) network.factor());
    }

    private T removed(String client, Waiting<T> waiting, T item) {
        size--;
        networks.computeIfPresent(waiting.network.key(), (key, items) -> items == 1 ? null : items - 1);
        if (waiting.items.isEmpty()) {
            clients.remove(client);
        }
        return item;
    }
}
