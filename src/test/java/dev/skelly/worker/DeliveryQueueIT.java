package dev.skelly.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
class DeliveryQueueIT {

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
        var queue = queue(node, gate);

        // When
        var first = queue.add(event, false);
        var second = queue.add(event, false);

        // Then
        assertThat(List.of(first, second)).noneMatch(Future::isComplete);

        // When
        gate.stop();

        // Then
        await().until(() -> first.failed() && second.failed());
        boolean afterwards = Waiting.on(third(node, gate).transform(ended -> Future.succeededFuture(ended.failed())));
        assertThat(afterwards).as("nothing is begun any more").isTrue();
    }

    /* It asks a database that never answers whether it is back. */
    private DatabaseCircuitBreaker closedGate() {
        var away = stage.database().pool(stage.database().vertx());
        Waiting.on(away.close());
        var gate = new DatabaseCircuitBreaker(stage.database().vertx(), away, new Random());
        gate.close(new IllegalStateException("the database is away"));
        return gate;
    }

    private Future<Void> third(WorkerNode node, DatabaseCircuitBreaker gate) {
        return queue(node, gate).add(node.stamped(new LampEvent.Lit("2", 40)), false);
    }

    private DeliveryQueue queue(WorkerNode node, DatabaseCircuitBreaker gate) {
        var pool = stage.database().pool();
        var environment = NodeEnvironment.of(new SimpleMeterRegistry()).named("a");
        var eventTypes = EventTypeRegistry.of(Map.of("/skelly/lamps", new LampFeature().events()));
        var tables = WorkTables.of("a", Duration.ofSeconds(5), Duration.ofDays(1));
        var metrics = new WorkerMetrics(environment.meters());
        var outcomes = new EmitterNotifications(() -> eventTypes, List::of);
        var conclusion = new CompletionHandler(
                environment,
                pool,
                node.runner(),
                tables.inbox(),
                outcomes,
                new RetryPolicy(List.of(WorkerFixture.SOON), new Random()),
                1,
                metrics);
        var singles = new WorkExecutor(
                pool, tables.inbox(), conclusion, gate, eventTypes, Json.mapper(), WorkerFixture.MINUTE, metrics);
        var vertx = stage.database().vertx();
        var groups = new GroupExecutor(
                singles,
                new GroupWork(vertx, singles, conclusion),
                new GroupCommit(node.runner(), tables, outcomes),
                gate,
                environment.ids(),
                metrics);
        var worker = LampFeature.worker(WorkerFixture.WORKER, LampFeature::noted);
        return new DeliveryQueue(vertx, worker, groups, WorkerNode.config(WorkerFixture.MINUTE));
    }
}
