package dev.skelly.faults;

import java.time.Duration;

/**
 * How long a fault test works and for how long it breaks things. Short and at half the rate in the suite, where two nodes, both servers and
 * the load share whatever machine there is; at full length and rate by {@code scripts/torture}.
 *
 * @param load under which the fault comes
 * @param outage of a broker or a database
 * @param standstill of a stopped leader
 * @param changesPerSecond asked for
 */
record Pace(Duration load, Duration outage, Duration standstill, int changesPerSecond) {

    static final int PEOPLE = 50;

    /** What this run is to be. */
    static Pace now() {
        return Boolean.getBoolean("skelly.torture")
                ? new Pace(Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(45), 200)
                : new Pace(Duration.ofSeconds(12), Duration.ofSeconds(5), Duration.ofSeconds(8), 100);
    }
}
