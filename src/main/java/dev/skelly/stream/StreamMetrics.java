package dev.skelly.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Publishes the metrics of a node's streams. Safe on any thread. */
final class StreamMetrics {

    private static final List<String> TRANSPORTS = List.of("sse", "websocket", "poll");

    private final MeterRegistry meters;
    private final Map<String, AtomicInteger> connections;
    private final Map<String, AtomicInteger> behind;
    private final AtomicLong head;
    private final Counter delivered;
    private final Counter heals;
    private final Counter logReads;

    StreamMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.connections = byTransport(meters, "skelly.stream.connections");
        this.behind = byTransport(meters, "skelly.stream.behind");
        this.head = meters.gauge("skelly.stream.head", new AtomicLong());
        this.delivered = meters.counter("skelly.stream.delivered");
        this.heals = meters.counter("skelly.stream.heals");
        this.logReads = meters.counter("skelly.stream.log.reads");
    }

    private static Map<String, AtomicInteger> byTransport(MeterRegistry meters, String name) {
        return TRANSPORTS.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        transport -> Objects.requireNonNull(
                                meters.gauge(name, List.of(Tag.of("transport", transport)), new AtomicInteger()))));
    }

    void opened(String transport) {
        Objects.requireNonNull(connections.get(transport)).incrementAndGet();
    }

    void closed(String transport) {
        Objects.requireNonNull(connections.get(transport)).decrementAndGet();
    }

    /** Counts a stream that continues from a cursor. */
    void resumed(String transport) {
        meters.counter("skelly.stream.resumes", "transport", transport).increment();
    }

    /** Adds to the number of sessions that wait for their socket or for the log. */
    void behind(String transport, int difference) {
        Objects.requireNonNull(behind.get(transport)).addAndGet(difference);
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

    /** Counts a page of the log that was read for a reader whose events are not in memory. */
    void logRead() {
        logReads.increment();
    }

    void gap(String transport, GapReason reason) {
        meters.counter("skelly.stream.gaps", "reason", reason.word(), "transport", transport)
                .increment();
    }

    void bye(String transport, CloseReason reason) {
        meters.counter("skelly.stream.byes", "reason", reason.word(), "transport", transport)
                .increment();
    }
}
