package dev.skelly.auth;

import dev.skelly.ratelimit.ClientNetwork;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue that serves the network with the fewest recent turns first, and in it the client with the fewest. A newcomer so passes those who
 * come all the time, from however many addresses of a network. When the queue is full, the network that waits for most gives way: a network may use
 * the whole queue until others need it. Not thread-safe.
 */
final class FairQueue<T> {

    /** What waits for one network, by client; never empty outside a method. */
    private static final class Share<T> {

        private final Map<String, Deque<T>> clients =
                new LinkedHashMap<>(); // The longest waiting first, like the next map.
        private int size;
    }

    private final int sizeMax;
    private final Map<String, Share<T>> networks = new LinkedHashMap<>();
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
        var network = ClientNetwork.widest(address);
        var client = ClientNetwork.of(address);
        var share = networks.computeIfAbsent(network, unknown -> new Share<>());
        share.clients.computeIfAbsent(client, unknown -> new ArrayDeque<>()).addLast(item);
        share.size++;
        size++;
        return size > sizeMax ? Optional.of(removeOfLongest(network, client)) : Optional.empty();
    }

    /** Counts a turn of a client whose item did not have to wait. */
    void served(String address) {
        turns.count(ClientNetwork.widest(address));
        turns.count(ClientNetwork.of(address));
    }

    /* Of equal ones, the newcomer's gives way. */
    private T removeOfLongest(String newNetwork, String newClient) {
        var network = newNetwork;
        for (var other : networks.entrySet()) {
            if (other.getValue().size > share(network).size) {
                network = other.getKey();
            }
        }
        var clients = share(network).clients;
        var client = clients.containsKey(newClient) ? newClient : fewestTurns(clients);
        for (var other : clients.entrySet()) {
            if (other.getValue().size() > waiting(clients, client).size()) {
                client = other.getKey();
            }
        }
        return removed(network, client, waiting(clients, client).removeLast());
    }

    /** Removes and returns the item whose turn it is; null if none waits. */
    @Nullable
    T next() {
        if (networks.isEmpty()) {
            return null;
        }
        var network = fewestTurns(networks);
        var clients = share(network).clients;
        var client = fewestTurns(clients);
        turns.count(network);
        turns.count(client);
        return removed(network, client, waiting(clients, client).removeFirst());
    }

    /* Of equal ones, the one that waits for longest. */
    private String fewestTurns(Map<String, ?> waiting) {
        var fewest = waiting.keySet().iterator().next();
        for (var key : waiting.keySet()) {
            if (turns.of(key) < turns.of(fewest)) {
                fewest = key;
            }
        }
        return fewest;
    }

    private T removed(String network, String client, T item) {
        var share = share(network);
        share.size--;
        size--;
        if (waiting(share.clients, client).isEmpty()) {
            share.clients.remove(client);
        }
        if (share.size == 0) {
            networks.remove(network);
        }
        return item;
    }

    private Share<T> share(String network) {
        return known(networks.get(network));
    }

    private static <T> Deque<T> waiting(Map<String, Deque<T>> clients, String client) {
        return known(clients.get(client));
    }

    private static <V> V known(@Nullable V value) {
        if (value == null) {
            throw new IllegalStateException("the key was read from the map");
        }
        return value;
    }
}
