package dev.skelly.node;

import dev.skelly.feature.Worker;
import dev.skelly.health.ReadinessCheck;
import dev.skelly.worker.UndeclaredWorkTable;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names the workers that have queues, events or dead letters and that this program does not declare any more. The node works without them, so the
 * check succeeds. Looks every half minute.
 */
final class UndeclaredWorkers implements ReadinessCheck {

    private static final long EVERY_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int NAMED_MAX = 100;

    private final SqlClient sql;
    private final List<String> declared;
    private final MultiGauge gauge;
    private volatile Map<String, Long> found = Map.of();
    private volatile long dueNanos = System.nanoTime();

    UndeclaredWorkers(SqlClient sql, List<Worker> workers, MeterRegistry meters) {
        this.sql = sql;
        this.declared = workers.stream().map(Worker::name).toList();
        this.gauge = MultiGauge.builder("skelly.work.undeclared")
                .description(
                        "Waiting events and open dead letters of a worker that the program does not declare any more")
                .register(meters);
    }

    @Override
    public String name() {
        return "workers";
    }

    @Override
    public boolean vital() {
        return false;
    }

    @Override
    public Future<Void> check() {
        if (System.nanoTime() - dueNanos < 0) {
            return Future.succeededFuture();
        }
        dueNanos = System.nanoTime() + EVERY_NANOS;
        return UndeclaredWorkTable.find(sql, declared, NAMED_MAX)
                .onSuccess(this::tell)
                .<Void>mapEmpty()
                .otherwiseEmpty(); // The check of the database tells when it is away.
    }

    private void tell(Map<String, Long> now) {
        found = now;
        gauge.register(
                now.entrySet().stream()
                        .<MultiGauge.Row<?>>map(
                                entry -> MultiGauge.Row.of(Tags.of("worker", entry.getKey()), entry.getValue()))
                        .toList(),
                true);
    }

    @Override
    public Optional<String> detail() {
        var names = List.copyOf(found.keySet());
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of("these workers are not declared any more and have queues, events or dead letters: "
                        + String.join(", ", names));
    }
}
