package dev.skelly.relay;

import java.time.Duration;

/** How long to wait before looking again: short after a find, doubling while there is nothing. Confined to one context. */
final class PollBackoff {

    private final long minMillis;
    private final long maxMillis;
    private long millis; // Confined to the owner's context.

    PollBackoff(Duration min, Duration max) {
        this.minMillis = Math.max(1, min.toMillis());
        this.maxMillis = Math.max(minMillis, max.toMillis());
        this.millis = maxMillis;
    }

    /** Something was found. */
    long afterFind() {
        millis = minMillis;
        return millis;
    }

    /** Nothing was found. */
    long afterNothing() {
        var now = millis;
        millis = Math.min(maxMillis, millis * 2);
        return now;
    }
}
