package dev.skelly.faults;

import dev.skelly.testing.Torture;
import java.time.Duration;

/**
 * How long a fault test works and for how long it breaks things. A few seconds at half the rate in the suite, where two nodes, both servers
 * and the load share whatever machine there is; at full length and rate by {@code scripts/torture}.
 *
 * @param people who work
 * @param load under which the fault comes
 * @param outage of a broker or a database
 * @param standstill of a stopped leader, from when another leads
 * @param changesPerSecond asked for
 */
record Pace(int people, Duration load, Duration outage, Duration standstill, int changesPerSecond) {

    /** What this run is to be. */
    static Pace now() {
        return Torture.ON
                ? new Pace(50, Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofSeconds(45), 200)
                : new Pace(20, Duration.ofSeconds(4), Duration.ofSeconds(2), Duration.ofSeconds(2), 100);
    }

    /** For how long the load starts at half its rate. */
    Duration warmUp() {
        return load.dividedBy(20);
    }
}
