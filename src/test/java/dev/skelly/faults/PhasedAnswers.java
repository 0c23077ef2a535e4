package dev.skelly.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How an API answered in each phase of a run, such as an outage of the broker. Safe on any thread. */
final class PhasedAnswers {

    /** A span of time. Phases with one name are counted together. */
    static final class Phase {

        private final String name;

        private Phase(String name) {
            this.name = name;
        }
    }

    private final Map<String, Map<Integer, Integer>> counts = new TreeMap<>(); // Guarded by this, like the next two.
    private final List<String> withoutRetryAfter = new ArrayList<>();
    private Phase now = new Phase("calm");

    /** Begins another phase. */
    synchronized void begin(String name) {
        now = new Phase(name);
    }

    synchronized Phase now() {
        return now;
    }

    /**
     * Counts an answer; not one that began in another phase.
     *
     * @param status 0 for none
     * @param retryAfter whether it has that header
     */
    synchronized void count(Phase began, int status, boolean retryAfter) {
        if (began == now) {
            counts.computeIfAbsent(began.name, name -> new TreeMap<>()).merge(status, 1, Integer::sum);
            if (status == 503 && !retryAfter) {
                withoutRetryAfter.add(began.name);
            }
        }
    }

    /** Returns how often each status came in phases of this name. */
    synchronized Map<Integer, Integer> in(String name) {
        return Map.copyOf(counts.getOrDefault(name, Map.of()));
    }

    /** Returns the phases of the answers 503 without Retry-After. */
    synchronized List<String> withoutRetryAfter() {
        return List.copyOf(withoutRetryAfter);
    }

    @Override
    public synchronized String toString() {
        return counts.toString();
    }
}
