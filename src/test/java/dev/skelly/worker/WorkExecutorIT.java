package dev.skelly.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Waiting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * No delivery of an event is over before the database has the event or the part stops: the broker may have taken the former one back, so that
 * the later one's message is all there is.
 */
class WorkExecutorIT {

    private final WorkerFixture stage = new WorkerFixture();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aSecondDeliveryIsNotOverWhileTheFirstWaitsForTheDatabase() {
        // Given
        var node = stage.start(false, WorkerNode.config(WorkerFixture.MINUTE), LampFeature::noted);
        var event = node.stamped(new LampEvent.Lit("1", 40));
        var gate = closedGate();
        var runs = runs(node, gate);
        var worker = LampFeature.worker(WorkerFixture.WORKER, LampFeature::noted);

        // When
        var first = runs.deliver(worker, event);
        var second = runs.deliver(worker, event);

        // Then
        assertThat(List.of(first, second)).noneMatch(Future::isComplete);

        // When
        gate.stop();

        // Then
        assertThat(List.of(first, second)).allMatch(Future::failed);
        assertThat(Waiting.on(runs.idle().map(true))).isTrue();
    }

    /* It asks a database that never answers whether it is back. */
    private DatabaseCircuitBreaker closedGate() {
        var away = stage.database().pool(stage.database().vertx());
        Waiting.on(away.close());
        var gate = new DatabaseCircuitBreaker(stage.database().vertx(), away, new Random());
        gate.close(new IllegalStateException("the database is away"));
        return gate;
    }

    private WorkExecutor runs(WorkerNode node, DatabaseCircuitBreaker gate) {
        var pool = stage.database().pool();
        var eventTypes = EventTypeRegistry.of(Map.of("/skelly/lamps", new LampFeature().events()));
        var inbox = new InboxTable("a", Duration.ofSeconds(5), Duration.ofDays(1));
        var metrics = new WorkerMetrics(new SimpleMeterRegistry());
        var conclusion = new CompletionHandler(
                NodeEnvironment.of(new SimpleMeterRegistry()).named("a"),
                pool,
                node.runner(),
                inbox,
                new EmitterNotifications(() -> eventTypes, List::of),
                new RetryPolicy(List.of(WorkerFixture.SOON), new Random()),
                1,
                metrics);
        return new WorkExecutor(
                pool, inbox, conclusion, gate, eventTypes, Json.mapper(), WorkerFixture.MINUTE, metrics);
    }
}
