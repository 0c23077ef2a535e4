package dev.skelly.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Drains a backlog that lies in the worker's queue. It is made in the process that drains it, so that this one is warm: the worker is paused,
 * the events are emitted over HTTP, and it goes on when the relay has handed all of them to the broker. The time is that from there to the
 * last effect. Memory is read every ten seconds meanwhile.
 */
final class Backlog {

    private static final Duration LIMIT = Duration.ofMinutes(60);
    private static final long SAMPLED_NANOS = Duration.ofSeconds(10).toNanos();

    private final WorkNode node;
    private final List<Double> resident = new ArrayList<>();
    private final List<Double> heap = new ArrayList<>();

    Backlog(WorkNode node) {
        this.node = node;
    }

    /** Returns effects a second. */
    double drain(int events) throws IOException {
        var before = node.effects();
        var handed = node.handedOver();
        node.pause();
        node.emitMany(events);
        node.until("all events are in the queue", LIMIT, () -> node.handedOver() >= handed + events);
        node.rest(Duration.ofSeconds(2));
        var early = node.effects() - before;
        if (early > 0) {
            throw new IllegalStateException(early + " effects before the worker went on (expected: 0)");
        }
        var began = System.nanoTime();
        node.resume();
        var sampled = began - SAMPLED_NANOS;
        while (node.effects() - before < events) {
            var now = System.nanoTime();
            if (now - began > LIMIT.toNanos()) {
                throw new IllegalStateException("not drained within " + LIMIT);
            }
            if (now - sampled >= SAMPLED_NANOS) {
                sampled += SAMPLED_NANOS;
                sample();
            }
            node.rest(Duration.ofMillis(50));
        }
        var rate = events * 1e9 / (System.nanoTime() - began);
        sample();
        return rate;
    }

    private void sample() throws IOException {
        resident.add(node.residentMib());
        heap.add(node.heapMib());
    }

    /** Shows the first, the greatest and the last sample. */
    void showMemory(Figures figures) {
        show(figures, "residentMib", resident);
        show(figures, "heapMib", heap);
    }

    private static void show(Figures figures, String what, List<Double> samples) {
        figures.show(what + "First", samples.get(0));
        figures.show(
                what + "Max",
                samples.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
        figures.show(what + "Last", samples.get(samples.size() - 1));
    }
}
