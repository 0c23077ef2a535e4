package dev.skelly.faults;

import java.time.Duration;
import java.util.List;

/** Durations in ascending order; none below zero, at least one. */
record Percentiles(List<Duration> sorted) {

    static Percentiles of(List<Duration> durations) {
        if (durations.isEmpty()) {
            throw new AssertionError("nothing was measured");
        }
        return new Percentiles(durations.stream().sorted().toList());
    }

    /** The shortest duration that this share of all does not exceed. */
    Duration at(double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    /** A JSON object, in milliseconds. */
    @Override
    public String toString() {
        return "{\"count\":" + sorted.size() + ",\"p50Ms\":" + at(0.5).toMillis() + ",\"p99Ms\":" + at(0.99).toMillis()
                + ",\"maxMs\":" + at(1).toMillis() + "}";
    }
}
