package dev.skelly.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts what {@code load} measures. Latencies are counted in steps of 100 µs, up to 30 s. Safe on any thread. */
final class LoadFigures {

    private static final int STEP_NANOS = 100_000;
    private static final int STEPS = 300_000;
    private static final double STEPS_A_MILLI = 10;
    private static final int ACCEPTED = 202;

    private final int[] latencies = new int[STEPS]; // Guarded by this, like the fields below.
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final Map<String, Long> failures = new TreeMap<>();
    private long emitted;
    private long unsent;
    private long delivered;
    private long doubled;
    private long reconnects;
    private long lastNanos = System.nanoTime();

    synchronized void delivered(long arrivedNanos, long latencyNanos) {
        delivered++;
        lastNanos = arrivedNanos;
        latencies[(int) Math.min(STEPS - 1, Math.max(0, latencyNanos / STEP_NANOS))]++;
    }

    synchronized void doubled() {
        doubled++;
    }

    synchronized void reconnected() {
        reconnects++;
    }

    synchronized void refused(String why) {
        refusals.merge(why, 1, Integer::sum);
    }

    /** Counts the events of a batch whose answer came, each by its own status. */
    synchronized void answered(long events, JsonArray items) {
        var accepted = items.stream()
                .filter(item -> item instanceof JsonObject one && one.getInteger("status", ACCEPTED) == ACCEPTED)
                .count();
        emitted += accepted;
        if (accepted < events) {
            unsent += events - accepted;
            failures.merge("refused", events - accepted, Long::sum);
        }
    }

    /** Counts the events of a batch that failed as a whole. */
    synchronized void unsent(long events, Throwable failure) {
        unsent += events;
        failures.merge(String.valueOf(failure.getMessage()), events, Long::sum);
    }

    synchronized long emitted() {
        return emitted;
    }

    synchronized long unsent() {
        return unsent;
    }

    synchronized long delivered() {
        return delivered;
    }

    synchronized long lastNanos() {
        return lastNanos;
    }

    synchronized Map<String, Integer> refusals() {
        return new TreeMap<>(refusals);
    }

    /** Returns how many deliveries are missing at these streams. */
    long lost(List<LoadStream> live) {
        var expected =
                emitted(); // A stream calls this with its lock held, so its lock is never taken with this one held.
        return live.stream()
                .mapToLong(stream -> Math.max(0, expected - stream.delivered()))
                .sum();
    }

    /** Prints all figures; {@code seconds} is the time from the first event to the last delivery. */
    void print(Consumer<String> out, List<LoadStream> live, double seconds) {
        print(out, lost(live), seconds);
    }

    private synchronized void print(Consumer<String> out, long lost, double seconds) {
        out.accept("emitted: " + emitted + (unsent == 0 ? "" : ", not accepted: " + failures));
        out.accept(String.format(
                Locale.ROOT, "delivered: %d, %.0f a second", delivered, delivered / Math.max(0.001, seconds)));
        out.accept(String.format(
                Locale.ROOT,
                "latency: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms",
                percentile(50),
                percentile(95),
                percentile(99),
                percentile(100)));
        out.accept("lost: " + lost + ", doubled: " + doubled + ", reconnects: " + reconnects);
    }

    private double percentile(int percent) {
        var wanted = Math.max(1, (delivered * percent + 99) / 100);
        var counted = 0L;
        for (var step = 0; step < STEPS; step++) {
            counted += latencies[step];
            if (counted >= wanted) {
                return (step + 1) / STEPS_A_MILLI;
            }
        }
        return 0;
    }
}
