package dev.skelly.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Publishes the metrics of a node's streams. Safe on any thread. */
final class StreamMetrics {

    private final MeterRegistry meters;
    private final AtomicInteger connections;
    private final AtomicInteger behind;
    private final AtomicLong head;
    private final Counter delivered;
    private final Counter heals;

    StreamMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.connections = meters.gauge("skelly.stream.connections", new AtomicInteger());
        this.behind = meters.gauge("skelly.stream.behind", new AtomicInteger());
        this.head = meters.gauge("skelly.stream.head", new AtomicLong());
        this.delivered = meters.counter("skelly.stream.delivered");
        this.heals = meters.counter("skelly.stream.heals");
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }

    /** Adds to the number of sessions that wait for their socket or for the log. */
    void behind(int difference) {
        behind.addAndGet(difference);
    }

    void head(long position) {
        head.set(position);
    }

    void delivered(int events) {
        delivered.increment(events);
    }

    /** Counts a range that was read from the log because no batch contained it. */
    void healed() {
        heals.increment();
    }

    void gap(GapReason reason) {
        meters.counter("skelly.stream.gaps", "reason", reason.word()).increment();
    }

    void bye(CloseReason reason) {
        meters.counter("skelly.stream.byes", "reason", reason.word()).increment();
    }
}
