package dev.skelly.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.JavaScript;
import dev.skelly.testing.Outbox;
import dev.skelly.testing.OwnBroker;
import dev.skelly.testing.TestQueue;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpReceiverOptions;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node works with a broker that knows only {@code docker/broker/broker.xml}, and nothing that it is given gets lost. */
class OwnBrokerIT {

    private static OwnBroker broker;
    private static WholeNode node;

    @BeforeAll
    static void start() throws Exception {
        broker = OwnBroker.start();
        node = WholeNode.start(Map.of(
                "broker.url", "amqp://127.0.0.1:" + broker.address().port(),
                "broker.user", broker.address().user(),
                "broker.password", broker.address().password()));
    }

    @AfterAll
    static void stop() {
        node.close();
        broker.close();
    }

    @Test
    void givesEachEventToItsWorkers() {
        // When
        node.register("ada@example.org");

        // Then
        assertThat(Outbox.token(node, "ada@example.org", "verify-email")).isNotEmpty();
    }

    @Test
    void keepsForEachWorkerWhatItCannotRead() {
        // Given
        var workers = await().until(OwnBrokerIT::workers, found -> !found.isEmpty());

        // When
        workers.forEach(worker -> send("skelly.work." + worker, "foreign to " + worker));

        // Then
        assertThat(workers)
                .contains("welcome-mail", "update-analytics")
                .allSatisfy(worker -> assertThat(next("skelly.dead." + worker))
                        .as("broker.xml names each worker, and its queue of dead letters: run scripts/broker-queues")
                        .isEqualTo("foreign to " + worker));
    }

    @Test
    void keepsWhatAWorkerThatTheFileDoesNotNameRejects() {
        // Given
        send("skelly.work.somebodys-own", "poison");

        // When
        reject("skelly.work.somebodys-own");

        // Then
        assertThat(next("skelly.dead")).isEqualTo("poison");
    }

    @Test
    void fileHasTheLinesOfEachWorkerAndNoOther() throws IOException {
        // Given
        var map = node.get("/feature-map.json").body();
        var more = map.replace("\"name\":\"welcome-mail\"", "\"name\":\"planted\"");
        assertThat(more).isNotEqualTo(map);

        // When
        var checked = checked(map);
        var planted = checked(more);

        // Then
        assertThat(checked.code()).as(checked.output()).isZero();
        assertThat(planted.code()).isEqualTo(1);
        assertThat(planted.output()).contains("planted", "Run scripts/broker-queues");
    }

    private static JavaScript.Ended checked(String map) throws IOException {
        Files.createDirectories(JavaScript.folder());
        Files.writeString(JavaScript.folder().resolve("feature-map.json"), map);
        return JavaScript.run("../../scripts/broker-queues", "--check", "feature-map.json");
    }

    private static List<String> workers() {
        return Waiting.on(node.database()
                .pool()
                .query("select worker from relay_checkpoint order by worker")
                .mapping(row -> row.getString(0))
                .execute()
                .map(rows -> rows.stream().toList()));
    }

    private static void send(String queue, String body) {
        try (var sender = new TestQueue(node.database().vertx(), broker.address(), queue)) {
            sender.send(AmqpMessage.create().durable(true).withBody(body).build());
        }
    }

    private static String next(String queue) {
        try (var receiver = new TestQueue(node.database().vertx(), broker.address(), queue).receive()) {
            return await().until(receiver::received, received -> !received.isEmpty())
                    .get(0)
                    .bodyAsString();
        }
    }

    private static void reject(String queue) {
        var at = broker.address();
        var client = AmqpClient.create(
                node.database().vertx(),
                new AmqpClientOptions()
                        .setHost(at.host())
                        .setPort(at.port())
                        .setUsername(at.user())
                        .setPassword(at.password()));
        var rejected = Promise.<AmqpMessage>promise();
        var options = new AmqpReceiverOptions().setAutoAcknowledgement(false).setMaxBufferedMessages(1);
        Waiting.on(client.connect()
                .compose(connection -> connection.createReceiver(queue, options))
                .map(receiver -> receiver.handler(message -> rejected.tryComplete(message.rejected())))
                .compose(receiving -> rejected.future())
                .compose(done -> client.close()));
    }
}
