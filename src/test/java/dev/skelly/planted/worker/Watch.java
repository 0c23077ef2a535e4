package dev.skelly.planted.worker;

import java.time.Clock;
import java.time.Instant;

/** Breaks: time comes from a clock; the last method does not. */
final class Watch {

    private Watch() {}

    static Instant hidden() {
        return Instant.now();
    }

    static long millis() {
        return System.currentTimeMillis();
    }

    static Instant given(Clock clock) {
        return Instant.now(clock);
    }
}
