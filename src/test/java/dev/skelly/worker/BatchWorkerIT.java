package dev.skelly.worker;

import static dev.skelly.worker.WorkerFixture.MINUTE;
import static dev.skelly.worker.WorkerFixture.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.feature.BatchWorker;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events that wait at the same time are handled by one call; a call that fails says nothing of single events. */
class BatchWorkerIT {

    private final WorkerFixture stage = new WorkerFixture();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final List<EventDelivery> singles = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        stage.close();
    }

    private BatchWorker worker(Function<List<EventDelivery>, Future<List<WorkResult>>> body) {
        return new BatchWorker() {
            @Override
            public String name() {
                return WorkerFixture.WORKER;
            }

            @Override
            public Set<String> types() {
                return Set.of("lamp.lit");
            }

            @Override
            public boolean commandsOnly() {
                return true;
            }

            @Override
            public Future<List<WorkResult>> workAll(List<EventDelivery> deliveries) {
                batches.add(deliveries.size());
                return body.apply(deliveries);
            }

            @Override
            public Future<WorkResult> work(EventDelivery delivery) {
                singles.add(delivery);
                return LampFeature.noted(delivery);
            }
        };
    }

    private static List<WorkResult> noted(List<EventDelivery> deliveries) {
        return deliveries.stream()
                .map(each -> WorkResult.done(new LampFeature.Note(each.id(), each.attempt())))
                .toList();
    }

    @Test
    void handlesByOneCallWhatGathersMeanwhile() {
        // Given
        var go = Promise.<Void>promise();
        var node = stage.start(
                "a",
                true,
                WorkerNode.config(MINUTE, SOON),
                worker(deliveries -> go.future().map(gone -> noted(deliveries))));

        // When
        node.lamps().light(1);
        await().until(() -> batches.size() == 1);
        node.lamps().light(120);
        await().until(() -> stage.number("select position from relay_checkpoint") == 121);
        go.complete();

        // Then
        await().until(() -> stage.done() == 121);
        assertThat(stage.effects()).isEqualTo(121);
        assertThat(batches).hasSizeLessThan(20).allMatch(size -> size <= 64);
        assertThat(singles).isEmpty();
    }

    @Test
    void handlesEachAloneWhenTheCallFails() {
        assertAlone(worker(deliveries -> Future.failedFuture("all of them")));
    }

    @Test
    void handlesEachAloneWhenTheCallMissesAResult() {
        assertAlone(worker(deliveries -> Future.succeededFuture(List.of())));
    }

    private void assertAlone(BatchWorker worker) {
        // When
        stage.start("a", true, WorkerNode.config(MINUTE, SOON), worker).lamps().light(30);

        // Then
        await().until(() -> stage.done() == 30);
        assertThat(stage.effects()).isEqualTo(30);
        assertThat(singles).hasSize(30).allMatch(delivery -> delivery.attempt() == 1);
        assertThat(stage.number("select count(*) from inbox")).isZero();
    }

    @Test
    void retriesOnlyTheEventsThatTheCallDidNotFinish() {
        // When
        stage.start(
                        "a",
                        true,
                        WorkerNode.config(MINUTE, SOON, SOON),
                        worker(deliveries -> Future.succeededFuture(deliveries.stream()
                                .map(each -> each.subject().endsWith("7")
                                        ? WorkResult.retry("not yet")
                                        : WorkResult.done(new LampFeature.Note(each.id(), 1)))
                                .toList())))
                .lamps()
                .light(50);

        // Then
        await().until(() -> stage.done() == 50);
        assertThat(stage.effects()).isEqualTo(50);
        assertThat(singles).hasSize(5).allMatch(delivery -> delivery.attempt() == 2);
    }
}
