package dev.skelly.broker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Computes pauses between attempts that double up to a limit, ±20 % so that nodes do not retry in step. Confined to one context. */
public final class ReconnectBackoff {

    private static final double JITTER = 0.2;

    private final Duration first;
    private final Duration max;
    private final RandomGenerator random;
    private Duration next; // Confined to the owner's context.

    /** Starts with {@code first} and never exceeds {@code max} by more than the jitter. */
    public ReconnectBackoff(Duration first, Duration max, RandomGenerator random) {
        this.first = first;
        this.max = max;
        this.random = random;
        this.next = first;
    }

    /** Returns the pause before the next attempt, in milliseconds, at least 1. */
    public long nextMillis() {
        var base = next.toMillis();
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(max) > 0 ? max : doubled;
        return Math.max(1, Math.round(base * (1 + JITTER * (2 * random.nextDouble() - 1))));
    }

    /** Resets to the shortest pause after a successful attempt. */
    public void reset() {
        next = first;
    }
}
