package dev.skelly.worker;

import static dev.skelly.worker.WorkerFixture.MINUTE;
import static dev.skelly.worker.WorkerFixture.SOON;
import static dev.skelly.worker.WorkerFixture.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.skelly.broker.CloudEventMessage;
import dev.skelly.broker.MessageProof;
import dev.skelly.broker.QueueProbe;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.EventDelivery;
import dev.skelly.testing.LampEvent;
import io.vertx.amqp.AmqpMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another client of the broker sends messages to a worker that are not the relay's. */
class ForgedMessagesIT {

    private static final String QUEUE = CloudEventMessage.queue(WORKER);
    private static final String PROBED = "select count(*) from handover where probe is not null";
    private static final String PROOF = "skelly_proof";

    private WorkerFixture stage;

    @BeforeEach
    void open() {
        stage = new WorkerFixture();
        stage.execute("insert into handover (worker, confirmed) values ('" + WORKER + "', 0)");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest(name = "commands only: {0}")
    @ValueSource(booleans = {false, true})
    void doNothingWhereTheLogHasNoSuchEvent(boolean commandsOnly) {
        // Given
        var node = node(commandsOnly);
        var event = node.stamped(new LampEvent.Lit("1", 40));
        var unwanted = node.stamped(new LampEvent.Failed("1", "worn out"));
        var other = new MessageProof("another log's secret".getBytes(StandardCharsets.UTF_8));
        var forged = List.of(
                changed(event, Map.of("cloudEvents_id", UUID.randomUUID().toString())),
                changed(event, Map.of("cloudEvents_position", String.valueOf(event.position() + 5))),
                changed(event, Map.of("cloudEvents_id", unwanted.id().toString())),
                bare(unwanted),
                withoutDuplicateId(CloudEventMessage.write(unwanted, "another-worker", stage.proof())),
                withoutDuplicateId(CloudEventMessage.write(unwanted, WORKER, other)));

        // When
        try (var queue = stage.queue(QUEUE);
                var dead = stage.queue("skelly.dead." + WORKER).receive()) {
            queue.sendAll(forged);

            // Then
            await().until(() -> dead.received().size() == forged.size());
            assertThat(stage.deliveries()).isEmpty();
            queue.send(stage.delivered(event));
            await().until(() -> stage.effects() == 1);
            assertThat(stage.deliveries()).extracting(EventDelivery::id).containsExactly(event.id());
        }
    }

    @ParameterizedTest(name = "commands only: {0}")
    @ValueSource(booleans = {false, true})
    void giveTheWorkerWhatTheLogSays(boolean commandsOnly) {
        // Given
        var node = node(commandsOnly);
        var first = node.stamped(new LampEvent.Lit("1", 1));
        var second = node.stamped(new LampEvent.Lit("2", 2));
        var third = node.stamped(new LampEvent.Lit("3", 3));
        var otherData = stage.delivered(second);
        otherData
                .unwrap()
                .setBody(new Data(new Binary("{\"lamp\":\"2\",\"watts\":2000}".getBytes(StandardCharsets.UTF_8))));

        // When
        try (var queue = stage.queue(QUEUE)) {
            queue.sendAll(List.of(
                    bare(first),
                    otherData,
                    changed(
                            third,
                            Map.of(
                                    "cloudEvents_subject",
                                    "lamp:77",
                                    "cloudEvents_actor",
                                    UUID.randomUUID().toString()))));
        }

        // Then
        await().until(() -> stage.effects() == 3);
        assertThat(stage.deliveries())
                .extracting(EventDelivery::subject, EventDelivery::actor, EventDelivery::event)
                .containsExactlyInAnyOrder(
                        tuple("lamp:1", first.actor(), new LampEvent.Lit("1", 1)),
                        tuple("lamp:2", second.actor(), new LampEvent.Lit("2", 2)),
                        tuple("lamp:3", third.actor(), new LampEvent.Lit("3", 3)));
        assertThat(stage.done()).isEqualTo(3);
    }

    @ParameterizedTest(name = "commands only: {0}")
    @ValueSource(booleans = {false, true})
    void haveNoEffectAfterARestoreThatLostTheirEvents(boolean commandsOnly) {
        // Given
        var node = node(commandsOnly);
        var lost = node.stamped(new LampEvent.Lit("1", 40));
        var replaced = node.stamped(new LampEvent.Lit("2", 40));
        var next = node.stamped(new LampEvent.Lit("3", 40));
        stage.execute("delete from event where id = '" + lost.id() + "'");
        stage.execute("update event set id = gen_random_uuid() where id = '" + replaced.id() + "'");

        // When
        try (var queue = stage.queue(QUEUE)) {
            queue.sendAll(List.of(
                    stage.delivered(lost),
                    stage.delivered(replaced),
                    stage.delivered(next),
                    probe(UUID.randomUUID(), stage.proof())));
            await().until(() -> stage.number(PROBED) == 1);
        }

        // Then
        assertThat(stage.number("select count(*) from inbox")).isZero();
        assertThat(stage.effects()).isOne();
        assertThat(stage.number("select count(*) from effect where event = '" + next.id() + "'"))
                .isOne();
    }

    @Test
    void areNoProbes() {
        // Given
        var node = node(false);
        var forged = new UUID(-1, -1);
        var sent = UUID.randomUUID();

        // When
        try (var queue = stage.queue(QUEUE);
                var dead = stage.queue("skelly.dead." + WORKER).receive()) {
            queue.send(probe(forged, new MessageProof(new byte[16])));
            queue.send(probe(sent, stage.proof()));

            // Then
            await().until(() -> dead.received().size() == 1);
            await().until(() -> stage.number(PROBED) == 1);
            assertThat(stage.number("select count(*) from handover where probe = '" + sent + "'"))
                    .isOne();
        }
        assertThat(node.lamps().head()).isZero();
    }

    private WorkerNode node(boolean commandsOnly) {
        return stage.node(false, WorkerNode.config(MINUTE, SOON), commandsOnly, LampFeature::noted)
                .start();
    }

    private static AmqpMessage probe(UUID id, MessageProof proof) {
        var message = AmqpMessage.create().durable(true).withBody("probe").build();
        message.unwrap()
                .setApplicationProperties(QueueProbe.write(id, WORKER, proof).getApplicationProperties());
        return message;
    }

    private AmqpMessage bare(StoredEvent event) {
        var message = stage.delivered(event);
        assertThat(message.unwrap().getApplicationProperties().getValue().remove(PROOF))
                .isNotNull();
        return message;
    }

    private AmqpMessage changed(StoredEvent event, Map<String, String> properties) {
        var message = stage.delivered(event);
        message.unwrap().getApplicationProperties().getValue().putAll(properties);
        return message;
    }

    private static AmqpMessage withoutDuplicateId(AmqpMessage message) {
        assertThat(message.unwrap().getApplicationProperties().getValue().remove("_AMQ_DUPL_ID"))
                .isNotNull();
        return message;
    }
}
