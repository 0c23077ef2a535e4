package dev.skelly.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.broker.CloudEventMessage;
import dev.skelly.feature.Worker;
import dev.skelly.relay.RelayConfig;
import dev.skelly.relay.RelayNode;
import dev.skelly.testing.ForeignBroker;
import dev.skelly.testing.LampEvent;
import dev.skelly.testing.Lamps;
import dev.skelly.testing.TestQueue;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Brokers of other makers are restarted, killed and lose their folder while no worker is there (torture only). The settings are the shipped
 * ones.
 */
class ForeignBrokersIT {

    private static final int EVENTS = 10_000;
    private static final int AT_ONCE = 50;
    private static final String WORKER = WorkerFixture.WORKER;

    private interface Mishap {
        void happen(ForeignBroker broker) throws Exception;
    }

    private static final Mishap STOPPED = broker -> {
        broker.stop();
        broker.start();
    };

    private static final Mishap KILLED = broker -> {
        broker.kill();
        broker.start();
    };

    private static final Mishap LOST = broker -> {
        broker.stop();
        broker.lose();
        broker.start();
    };

    @Test
    void rabbitKeepsWorkWhenItIsRestarted(@TempDir Path folder) throws Exception {
        assertThat(losses("RabbitMQ restarted", rabbit(folder), STOPPED)).isZero();
    }

    @Test
    void rabbitKeepsWorkWhenItIsKilled(@TempDir Path folder) throws Exception {
        assertThat(losses("RabbitMQ killed", rabbit(folder), KILLED)).isZero();
    }

    @Test
    void workOutlivesARabbitThatLosesItsFolder(@TempDir Path folder) throws Exception {
        assertThat(losses("RabbitMQ without its folder", rabbit(folder), LOST)).isEqualTo(1);
    }

    @Test
    void rabbitRefusesToMakeAQueueOfAnEarlierReleaseDurableUntilItIsGone(@TempDir Path folder) throws Exception {
        var worker = LampFeature.worker(WORKER, LampFeature::noted);
        try (var broker = rabbit(folder);
                var database = TestDatabase.fresh("work", "audit");
                var relay = new RelayNode("relay", database, broker.address(), RelayConfig.DEFAULT, List.of(worker))) {
            // Given
            var queue = new TestQueue(database.vertx(), broker.address(), CloudEventMessage.queue(WORKER)).receive();

            // When
            relay.start();

            // Then
            await().until(() -> relay.count("skelly.relay.dispatch.failures") >= 1);
            queue.close();
            STOPPED.happen(broker);
            await().ignoreExceptions().until(() -> relay.meter("skelly.relay.queue.durable") == 1);
        }
    }

    @Test
    void workOutlivesAQueueThatAnOperatorDeletesInRabbit(@TempDir Path folder) throws Exception {
        assertThat(losses(
                        "RabbitMQ without one queue",
                        rabbit(folder),
                        broker -> broker.control("delete_queue", CloudEventMessage.queue(WORKER))))
                .isEqualTo(1);
    }

    @Test
    void workOutlivesAQueueThatIsDeletedUnderItsWorkerInRabbit(@TempDir Path folder) throws Exception {
        var worker = LampFeature.worker(WORKER, LampFeature::noted);
        try (var broker = rabbit(folder);
                var database = TestDatabase.fresh("work", "audit");
                var node = new WorkerNode(
                        "work",
                        database,
                        broker.address(),
                        WorkerNode.config(WorkerFixture.MINUTE, WorkerFixture.SOON),
                        List.of(worker),
                        true)) {
            // Given
            database.execute(LampFeature.TABLE);
            node.start();
            node.lamps().light(AT_ONCE);
            await().until(() -> number(database, "select count(*) from effect") == AT_ONCE);

            // When
            broker.control("delete_queue", CloudEventMessage.queue(WORKER));
            node.lamps().light(AT_ONCE);

            // Then
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> number(database, "select count(*) from effect") == 2 * AT_ONCE);
        }
    }

    @Test
    void qpidKeepsWorkWhenItIsRestarted(@TempDir Path folder) throws Exception {
        assertThat(losses("Qpid restarted", qpid(folder), STOPPED)).isZero();
    }

    @Test
    void qpidKeepsWorkWhenItIsKilled(@TempDir Path folder) throws Exception {
        assertThat(losses("Qpid killed", qpid(folder), KILLED)).isZero();
    }

    @Test
    void workOutlivesAQpidThatLosesItsFolder(@TempDir Path folder) throws Exception {
        assertThat(losses("Qpid without its folder", qpid(folder), LOST)).isEqualTo(1);
    }

    private static ForeignBroker rabbit(Path folder) throws Exception {
        Assumptions.assumeTrue(Torture.ON, "only scripts/torture runs it");
        return installed(
                ForeignBroker.rabbit(folder), "RabbitMQ is not installed (Debian: apt-get install rabbitmq-server)");
    }

    private static ForeignBroker qpid(Path folder) throws Exception {
        Assumptions.assumeTrue(Torture.ON, "only scripts/torture runs it");
        return installed(ForeignBroker.qpid(folder), "Qpid Broker-J is not there: scripts/torture brokers fetches it");
    }

    private static ForeignBroker installed(Optional<ForeignBroker> broker, String otherwise) {
        if (broker.isEmpty()) {
            System.out.println("skipped: " + otherwise);
        }
        Assumptions.assumeTrue(broker.isPresent(), otherwise);
        return broker.orElseThrow();
    }

    /** How often the relay found a loss, after every event had one effect. */
    private static double losses(String what, ForeignBroker started, Mishap mishap) throws Exception {
        var worker = LampFeature.worker(WORKER, LampFeature::noted);
        try (var broker = started;
                var database = TestDatabase.fresh("work", "audit");
                var relay = new RelayNode("relay", database, broker.address(), RelayConfig.DEFAULT, List.of(worker))) {
            // Given
            database.execute(LampFeature.TABLE);
            relay.start();
            await().until(() -> relay.relay().leads());
            var lamps = new Lamps(database.pool(), LampEvent.eventTypes(), seq -> {});
            for (var count = 0; count < EVENTS; count += AT_ONCE) {
                lamps.light(AT_ONCE);
            }
            await().until(() -> number(database, "select position from relay_checkpoint") == EVENTS);
            assertThat(relay.meter("skelly.relay.queue.durable")).isEqualTo(1);

            // When
            mishap.happen(broker);
            var began = System.nanoTime();
            work(database, broker, worker);

            // Then
            var effects = number(database, "select count(*) from effect");
            System.out.println("{\"test\":\"" + what + "\",\"events\":" + EVENTS + ",\"effects\":" + effects
                    + ",\"handedOverAgain\":" + (long) relay.count("skelly.relay.redispatched") + ",\"doneAfterMs\":"
                    + (System.nanoTime() - began) / 1_000_000 + "}");
            assertThat(effects).isEqualTo(EVENTS);
            assertThat(number(database, "select count(distinct event) from effect"))
                    .isEqualTo(EVENTS);
            return relay.count("skelly.relay.losses");
        }
    }

    /* Runs the worker until everything is done and the relay knows. */
    private static void work(TestDatabase database, ForeignBroker broker, Worker worker) {
        var config = WorkerNode.config(WorkerFixture.MINUTE, WorkerFixture.SOON);
        try (var node = new WorkerNode("work", database, broker.address(), config, List.of(worker), false)) {
            node.start();
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> number(database, "select count(*) from work_done") == EVENTS);
            await().until(() -> number(database, "select confirmed from handover") == EVENTS);
        }
    }

    private static long number(TestDatabase database, String query) {
        return Waiting.on(database.pool()
                .query(query)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0)));
    }
}
