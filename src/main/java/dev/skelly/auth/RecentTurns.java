package dev.skelly.auth;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counts turns by key, where older turns weigh less. Forgets the keys that had no turn for longest. Not thread-safe. */
final class RecentTurns {

    private static final int KEYS_MAX = 10_000;
    private static final double HALF_LIFE = 512; // Turns of all keys; half a minute of a busy lane.
    private static final float LOAD = 0.75f;

    private record Weight(double turns, long at) {}

    private final Map<String, Weight> weights = new LinkedHashMap<>(64, LOAD, true);
    private long now;

    /** Returns the weighted number of turns of a key. */
    double of(String key) {
        var weight = weights.get(key);
        return weight == null ? 0 : weight.turns() * Math.pow(2, (weight.at() - now) / HALF_LIFE);
    }

    /** Counts a turn of a key. */
    void count(String key) {
        now++;
        weights.put(key, new Weight(of(key) + 1, now));
        if (weights.size() > KEYS_MAX) {
            var eldest = weights.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }
}
