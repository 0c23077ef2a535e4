package dev.skelly.worker;

import static dev.skelly.worker.WorkerFixture.MINUTE;
import static dev.skelly.worker.WorkerFixture.SOON;
import static dev.skelly.worker.WorkerFixture.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.broker.CloudEventMessage;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import io.vertx.amqp.AmqpMessage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkEngineIT {

    private WorkerFixture stage;

    @BeforeEach
    void open() {
        stage = new WorkerFixture();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void doesEachEventOnce() {
        // Given
        var node = stage.start(true, WorkerNode.config(MINUTE, SOON), LampFeature::noted);

        // When
        node.lamps().light(100);

        // Then
        await().until(() -> stage.done() == 100);
        assertThat(stage.effects()).isEqualTo(100);
        assertThat(stage.deliveries()).hasSize(100).allMatch(delivery -> delivery.attempt() == 1);
        assertThat(stage.deliveries())
                .allMatch(delivery -> delivery.event() instanceof LampEvent.Lit lit && lit.watts() == 40);
    }

    @Test
    void hasOneEffectAlthoughTheEventIsDeliveredThreeTimesAndOnceMoreAfterItWasDone() {
        // Given
        var node = stage.start(false, WorkerNode.config(MINUTE, SOON), LampFeature::noted);
        var event = node.stamped(new LampEvent.Lit("1", 40));

        // When
        try (var queue = stage.queue(CloudEventMessage.queue(WORKER))) {
            queue.send(stage.delivered(event));
            queue.send(stage.delivered(event));
            queue.send(stage.delivered(event));
            await().until(() -> stage.done() == 1);
            queue.send(stage.delivered(event));
            var next = node.stamped(new LampEvent.Lit("2", 40));
            queue.send(stage.delivered(next));
        }

        // Then
        await().until(() -> stage.done() == 2);
        assertThat(stage.number("select count(*) from effect where event = '" + event.id() + "'"))
                .isOne();
        assertThat(stage.number("select count(*) from work_done where position = " + event.position()))
                .isOne();
    }

    @Test
    void triesAgainByTheScheduleAndKeepsNothingOfAFailedTransaction() {
        // Given
        var node =
                stage.start(true, WorkerNode.config(MINUTE, SOON, SOON, SOON), delivery -> switch (delivery.attempt()) {
                    case 1 -> throw new IllegalStateException("thrown");
                    case 2 -> Future.succeededFuture(WorkResult.done(new LampFeature.NoteAndFail(delivery.id())));
                    case 3 -> Future.succeededFuture(WorkResult.retry("not yet"));
                    default -> LampFeature.noted(delivery);
                });

        // When
        node.lamps().light(1);

        // Then
        await().until(() -> stage.done() == 1);
        assertThat(stage.deliveries()).extracting(EventDelivery::attempt).containsExactly(1, 2, 3, 4);
        assertThat(stage.effects()).isOne();
    }

    @Test
    void sendsAForeignMessageToTheBrokersDeadLettersAndGoesOn() {
        // Given
        var node = stage.start(true, WorkerNode.config(MINUTE, SOON), LampFeature::noted);

        // When
        try (var queue = stage.queue(CloudEventMessage.queue(WORKER));
                var dead = stage.queue("skelly.dead." + WORKER).receive()) {
            queue.send(AmqpMessage.create().durable(true).withBody("hello").build());
            node.lamps().light(1);

            // Then
            await().until(() -> dead.received().size() == 1);
            await().until(() -> stage.effects() == 1);
            assertThat(dead.received().get(0).bodyAsString()).isEqualTo("hello");
        }
    }

    @Test
    void goesOnWithRetriesWhileTheBrokerIsDown() {
        // Given
        var brokerIsDown = Promise.<Void>promise();
        var node = stage.start(
                true,
                WorkerNode.config(MINUTE, SOON, SOON),
                delivery -> delivery.attempt() == 1
                        ? brokerIsDown.future().compose(down -> Future.failedFuture("first"))
                        : LampFeature.noted(delivery));
        node.lamps().light(1);
        await().until(() -> stage.deliveries().size() == 1);

        // When
        stage.broker().stop();
        brokerIsDown.complete();

        // Then
        await().until(() -> stage.effects() == 1);
        stage.broker().startAgain();
        node.lamps().light(1);
        await().until(() -> stage.done() == 2);
    }

    @Test
    void leavesToALivingPeerWhatItRuns() {
        // Given
        var node = stage.start(false, GroupStage.config(MINUTE), LampFeature::noted);
        var event = node.stamped(new LampEvent.Lit("1", 40));
        stage.database()
                .execute("insert into inbox (worker, event, type, subject, state, attempts, node, due_at) values ('"
                        + WORKER + "', '" + event.id()
                        + "', 'lamp.lit', 'lamp:1', 'running', 1, 'peer/1', clock_timestamp() + interval '1 minute')");

        // When
        var next = node.stamped(new LampEvent.Lit("2", 40));
        try (var queue = stage.queue(CloudEventMessage.queue(WORKER))) {
            queue.send(stage.delivered(event));
            queue.send(stage.delivered(next));
        }

        // Then
        await().until(() -> stage.effects() == 1);
        assertThat(stage.deliveries()).extracting(EventDelivery::id).containsExactly(next.id());
    }

    @Test
    void pausesWhileTheDatabaseIsAwayAndThenHasItsEffectOnce() {
        // Given
        var databaseIsAway = Promise.<Void>promise();
        var node = stage.start(
                true,
                WorkerNode.config(MINUTE, SOON),
                delivery -> databaseIsAway.future().compose(away -> LampFeature.noted(delivery)));
        node.lamps().light(1);
        await().until(() -> stage.deliveries().size() == 1);

        // When
        var name = stage.database().address().database();
        try (var elsewhere = TestDatabase.fresh()) {
            elsewhere.execute("alter database " + name + " allow_connections false");
            elsewhere.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
            databaseIsAway.complete();
            await().during(Duration.ofSeconds(1)).until(() -> stage.deliveries().size() == 1);
            elsewhere.execute("alter database " + name + " allow_connections true");
        }

        // Then
        await().ignoreExceptions().until(() -> stage.effects() == 1);
        assertThat(stage.deliveries()).hasSize(1);
        assertThat(stage.done()).isOne();
    }

    @Test
    void letsWhatRunsFinishBeforeItStops() {
        // Given
        var finish = Promise.<Void>promise();
        var node = stage.start(
                true,
                WorkerNode.config(MINUTE, SOON),
                delivery -> finish.future().compose(go -> LampFeature.noted(delivery)));
        node.lamps().light(1);
        await().until(() -> stage.deliveries().size() == 1);

        // When
        var stopping = node.stopping();
        assertThat(stopping.isComplete()).isFalse();
        finish.complete();

        // Then
        Waiting.on(stopping);
        assertThat(stage.effects()).isOne();
    }
}
