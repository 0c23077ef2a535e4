package dev.skelly.features.system;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the figures of a node from its meters. Not thread-safe. */
final class NodeFigureReader {

    private static final double MILLIS_A_SECOND = 1_000;
    private static final double TENTHS = 10;

    private final String node;
    private final MeterRegistry meters;
    private double delivered;

    NodeFigureReader(String node, MeterRegistry meters) {
        this.node = node;
        this.meters = meters;
    }

    /** Returns the figures of now, and the rates since the last call. */
    SystemEvent.NodeFigures read(Duration elapsed) {
        var total = total("skelly.stream.delivered");
        var seconds = Math.max(1, elapsed.toMillis()) / MILLIS_A_SECOND;
        var rate = Math.round((total - delivered) / seconds * TENTHS) / TENTHS;
        delivered = total;
        return new SystemEvent.NodeFigures(
                node, rate, level("skelly.stream.connections"), level("skelly.persistence.underway"), lag());
    }

    private @Nullable Long lag() {
        return level("skelly.relay.leader") == 1 ? (long) level("skelly.relay.lag.millis") : null;
    }

    private double total(String name) {
        var counter = meters.find(name).counter();
        return counter == null ? 0 : counter.count();
    }

    private int level(String name) {
        var gauge = meters.find(name).gauge();
        return gauge == null || Double.isNaN(gauge.value()) ? 0 : (int) gauge.value();
    }
}
