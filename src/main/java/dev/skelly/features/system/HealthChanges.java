package dev.skelly.features.system;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds which parts of a node fail or work again. A part fails when several checks in a row failed, so that a slow answer and the seconds of a
 * start are no events. Every part works at first. Not thread-safe.
 */
final class HealthChanges {

    /** Failed checks in a row after which a part fails. */
    static final int FAILED_MIN = 3;

    private final String node;
    private final Map<String, Integer> failed = new HashMap<>();
    private final Map<String, Instant> since = new HashMap<>();

    HealthChanges(String node) {
        this.node = node;
    }

    /**
     * Returns the changes by one more check of all parts.
     *
     * @param checked whether each part works, by name
     */
    List<SystemEvent.HealthChanged> of(Map<String, Boolean> checked, Instant at) {
        var changes = new ArrayList<SystemEvent.HealthChanged>();
        new TreeMap<>(checked).forEach((part, up) -> {
            var before = failed.getOrDefault(part, 0);
            var now = up ? 0 : Math.min(FAILED_MIN, before + 1);
            failed.put(part, now);
            if (now == 1 && before == 0) {
                since.put(part, at);
            }
            if (now == FAILED_MIN && before < FAILED_MIN) {
                changes.add(new SystemEvent.HealthChanged(node, part, false, since.getOrDefault(part, at)));
            } else if (up && before == FAILED_MIN) {
                changes.add(new SystemEvent.HealthChanged(node, part, true, at));
            }
        });
        return changes;
    }
}
