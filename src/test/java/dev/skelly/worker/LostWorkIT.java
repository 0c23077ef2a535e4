package dev.skelly.worker;

import static dev.skelly.worker.WorkerFixture.MINUTE;
import static dev.skelly.worker.WorkerFixture.SOON;
import static dev.skelly.worker.WorkerFixture.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.broker.CloudEventMessage;
import dev.skelly.relay.RelayNode;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Lamps;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import io.vertx.core.Promise;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker that forgets what it accepted costs nothing: the relay finds out and hands over again. */
class LostWorkIT {

    private WorkerFixture stage;
    private RelayNode relay;
    private Lamps lamps;

    @BeforeEach
    void open() {
        stage = new WorkerFixture();
        relay = new RelayNode(
                "relay",
                stage.database(),
                stage.broker().address(),
                RelayNode.soonNoticing(),
                List.of(LampFeature.worker(WORKER, LampFeature::noted)));
        lamps = new Lamps(stage.database().pool(), LampEvent.eventTypes(), seq -> {});
        relay.start();
        await().until(() -> relay.relay().leads());
    }

    @AfterEach
    void close() {
        stage.close();
        relay.close();
    }

    @Test
    void handsOverAgainWhatABrokerHadWhenItsFolderWasDeleted() {
        // Given
        var count = Torture.times(10_000, 300);
        light(count);

        // When
        stage.broker().stop();
        stage.broker().lose();
        stage.broker().startAgain();
        work();

        // Then
        doneOnce(count);
        assertThat(relay.count("skelly.relay.losses")).isEqualTo(1);
        assertThat(relay.count("skelly.relay.redispatched")).isEqualTo(count);
        System.out.println("{\"test\":\"embedded broker without its folder\",\"events\":" + count + ",\"effects\":"
                + stage.effects() + "}");
    }

    @Test
    void handsOverOnlyWhatTheInboxLacks() {
        // Given
        var node = work();
        light(100);
        await().until(() -> stage.done() == 100);
        Waiting.on(node.stopping());
        light(50);

        // When
        stage.broker().stop();
        stage.broker().lose();
        stage.broker().startAgain();
        node.start();

        // Then
        doneOnce(150);
        assertThat(relay.count("skelly.relay.redispatched")).isEqualTo(50);
    }

    @Test
    void handsOverWhatWasTakenFromTheQueueAlthoughTheBrokerRemembersTheMessages() {
        // Given
        light(50);
        try (var thief = stage.queue(CloudEventMessage.queue(WORKER)).receive()) {
            await().until(() -> thief.received().size() >= 50);
        }

        // When
        work();

        // Then
        doneOnce(50);
    }

    @Test
    void takesWorkThatWaitsForItsWorkerForWaitingWork() {
        // Given
        light(100);
        await().until(() -> relay.count("skelly.relay.probes") >= 2);

        // When
        work();

        // Then
        doneOnce(100);
        assertThat(relay.count("skelly.relay.redispatched")).isZero();
        assertThat(stage.deliveries()).hasSize(100);
    }

    @Test
    void takesWorkInASlowGroupForWorkThatIsUnderWay() {
        // Given
        var end = Promise.<Void>promise();
        stage.node(
                        false,
                        WorkerNode.config(MINUTE, SOON),
                        true,
                        delivery -> stage.handled() == 1
                                ? end.future().compose(ended -> LampFeature.noted(delivery))
                                : LampFeature.noted(delivery))
                .startWork();
        light(1);
        await().until(() -> stage.handled() == 1);

        // When
        light(1);
        await().until(() -> stage.done() == 1);
        await().until(() -> relay.count("skelly.relay.probes") >= 1);
        await().until(() -> stage.number("select count(*) from inbox") == 1);
        end.complete();

        // Then
        doneOnce(2);
        assertThat(relay.count("skelly.relay.redispatched")).isZero();
    }

    @Test
    void handsOverAgainWhatAnOperatorAsksFor() {
        // Given
        light(20);
        await().until(() -> stage.number("select count(*) from handover") == 1);

        // When
        var known = Waiting.on(HandoverTable.request(stage.database().pool(), WORKER, 11, UUID.randomUUID()));

        // Then
        assertThat(known).isTrue();
        await().until(() -> relay.count("skelly.relay.redispatched") == 10);
        await().until(() -> stage.number("select count(*) from handover where again is not null") == 0);
        work();
        doneOnce(20);
    }

    @Test
    void forgetsOfDoneWorkOnlyWhatIsConfirmed() {
        // Given
        light(10);
        work();
        doneOnce(10);
        relay.stop();
        stage.database().execute("update work_done set done_minute = done_minute - 1440");
        stage.database().execute("update handover set confirmed = 4");
        var done = new DoneTable(MINUTE);

        // When
        var forgotten = Waiting.on(done.forget(stage.database().pool(), WORKER, 0, 1_000))
                .gone();

        // Then
        assertThat(forgotten).isEqualTo(4);
        assertThat(stage.done()).isEqualTo(6);
    }

    @CanIgnoreReturnValue // most tests only want it to run
    private WorkerNode work() {
        return stage.start(false, WorkerNode.config(MINUTE, SOON), LampFeature::noted);
    }

    private void light(int count) {
        var before = lamps.head();
        for (var left = count; left > 0; left -= 50) {
            lamps.light(Math.min(left, 50));
        }
        await().until(() -> stage.number("select position from relay_checkpoint") == before + count);
    }

    private void doneOnce(int count) {
        await().until(() -> stage.done() == count);
        await().until(() -> stage.number("select confirmed from handover") == count);
        assertThat(stage.effects()).isEqualTo(count);
        assertThat(stage.number("select count(distinct event) from effect")).isEqualTo(count);
    }
}
