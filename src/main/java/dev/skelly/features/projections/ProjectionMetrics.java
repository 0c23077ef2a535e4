package dev.skelly.features.projections;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** Publishes how far asynchronous projections are behind the log, on the node that leads the relay. Written on its context, read on any thread. */
final class ProjectionMetrics {

    private static final Duration KNOWN = Duration.ofSeconds(10);

    private final MeterRegistry meters;
    private final Map<String, Sample> samples = new ConcurrentHashMap<>();

    ProjectionMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    private record Sample(ProjectionTable.Progress progress, long nanos) {}

    void update(ProjectionTable.Progress progress) {
        if (samples.put(progress.name(), new Sample(progress, System.nanoTime())) == null) {
            gauge("skelly.projection.lag", progress.name(), at -> at.head() - at.position());
            gauge("skelly.projection.lag.seconds", progress.name(), ProjectionTable.Progress::behindSeconds);
            gauge("skelly.projection.stopped", progress.name(), at -> at.error() == null ? 0 : 1);
        }
    }

    private void gauge(String name, String projection, ToDoubleFunction<ProjectionTable.Progress> value) {
        Gauge.builder(name, () -> sample(projection, value))
                .tag("projection", projection)
                .register(meters);
    }

    /* Another node leads when there is no new sample. */
    private double sample(String projection, ToDoubleFunction<ProjectionTable.Progress> value) {
        var sample = samples.get(projection);
        return sample == null || System.nanoTime() - sample.nanos() > KNOWN.toNanos()
                ? 0
                : value.applyAsDouble(sample.progress());
    }
}
