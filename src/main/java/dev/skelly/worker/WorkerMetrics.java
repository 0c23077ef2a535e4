package dev.skelly.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes the metrics of the work role. */
final class WorkerMetrics {

    private final MeterRegistry meters;
    private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();

    WorkerMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * Counts a finished run by its outcome: {@code done}, {@code waiting}, {@code dead}, {@code superseded}, {@code elsewhere} or {@code
     * foreign}.
     */
    void ended(String worker, String outcome) {
        ended(worker, outcome, 1);
    }

    /** Counts finished runs. */
    void ended(String worker, String outcome, int count) {
        if (count > 0) {
            meters.counter("skelly.work.ended", "worker", worker, "outcome", outcome)
                    .increment(count);
        }
    }

    /** Counts a group of events by what became of it: {@code committed}, {@code failed} or {@code superseded}. */
    void group(String worker, String outcome) {
        meters.counter("skelly.work.groups", "worker", worker, "outcome", outcome)
                .increment();
    }

    Timer duration(String worker) {
        return meters.timer("skelly.work.duration", "worker", worker);
    }

    AtomicInteger running(String worker) {
        return running.computeIfAbsent(
                worker, name -> meters.gauge("skelly.work.running", Tags.of("worker", name), new AtomicInteger()));
    }
}
