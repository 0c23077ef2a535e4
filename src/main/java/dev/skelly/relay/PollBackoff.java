package dev.skelly.relay;

import java.time.Duration;

/** Computes the pause until the next poll: short after a hit, doubling while polls find nothing. Confined to one context. */
final class PollBackoff {

    private final long minMillis;
    private final long maxMillis;
    private long millis; // Confined to the owner's context.

    PollBackoff(Duration min, Duration max) {
        this.minMillis = Math.max(1, min.toMillis());
        this.maxMillis = Math.max(minMillis, max.toMillis());
        this.millis = maxMillis;
    }

    /** Returns the pause after a poll that found something. */
    long afterFind() {
        millis = minMillis;
        return millis;
    }

    /** Returns the pause after a poll that found nothing. */
    long afterNothing() {
        var now = millis;
        millis = Math.min(maxMillis, millis * 2);
        return now;
    }
}
