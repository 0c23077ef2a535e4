package dev.skelly.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skelly.broker.BrokerAddress;
import dev.skelly.testing.TestBroker;
import dev.skelly.testing.Waiting;
import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpReceiverOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class AmqpBrokerIT {

    private static final Duration ANSWER_TIME_MAX = Waiting.LIMIT;

    @Test
    void keepsDurableMessagesOverARestart(Vertx vertx) throws Exception {
        try (var broker = TestBroker.start()) {
            // Given
            var connection = connect(vertx, broker.address());
            var sent = now(send(connection, "skelly.work.mail", "kept").map(done -> true));
            assertThat(sent).isTrue();

            // When
            broker.stop();
            broker.startAgain();

            // Then
            assertThat(now(receive(connect(vertx, broker.address()), "skelly.work.mail"))
                            .bodyAsString())
                    .isEqualTo("kept");
            assertThat(broker.failures()).isEmpty();
        }
    }

    @Test
    void makesAWorkersQueuesWhenTheyAreUsed(Vertx vertx) throws Exception {
        try (var broker = TestBroker.start()) {
            // Given
            var connection = connect(vertx, broker.address());
            var sent = now(send(connection, "skelly.work.late", "poison").map(done -> true));
            assertThat(sent).isTrue();

            // When
            var rejected = now(receive(connection, "skelly.work.late")).rejected();

            // Then
            assertThat(rejected.bodyAsString()).isEqualTo("poison");
            assertThat(now(receive(connection, "skelly.dead.late")).bodyAsString())
                    .isEqualTo("poison");
        }
    }

    @Test
    void takesNothingForOtherAddresses(Vertx vertx) throws Exception {
        try (var broker = TestBroker.start()) {
            // Given
            var connection = connect(vertx, broker.address());

            // When
            var sending = send(connection, "elsewhere", "lost");

            // Then
            assertThatThrownBy(() -> now(sending)).hasMessageContaining("elsewhere");
        }
    }

    @Test
    void demandsThePassword(Vertx vertx) throws Exception {
        try (var broker = TestBroker.start()) {
            // Given
            var real = broker.address();

            // When
            var guessed = new BrokerAddress(real.host(), real.port(), real.user(), "guessed");
            var anonymous = new BrokerAddress(real.host(), real.port(), "", "");

            // Then
            assertThatThrownBy(() -> connect(vertx, guessed)).hasMessageContaining("Failed to authenticate");
            assertThatThrownBy(() -> connect(vertx, anonymous))
                    .hasMessageContaining("Could not find a suitable SASL mechanism");
        }
    }

    private static AmqpConnection connect(Vertx vertx, BrokerAddress address) throws Exception {
        var place = new AmqpClientOptions().setHost(address.host()).setPort(address.port());
        var options = address.user().isEmpty()
                ? place
                : place.setUsername(address.user()).setPassword(address.password());
        return now(AmqpClient.create(vertx, options).connect());
    }

    private static Future<Void> send(AmqpConnection connection, String queue, String body) {
        var message = AmqpMessage.create().durable(true).withBody(body).build();
        return connection.createSender(queue).compose(sender -> sender.sendWithAck(message));
    }

    private static Future<AmqpMessage> receive(AmqpConnection connection, String queue) {
        var options = new AmqpReceiverOptions().setAutoAcknowledgement(false).setMaxBufferedMessages(1);
        var received = Promise.<AmqpMessage>promise();
        return connection
                .createReceiver(queue, options)
                .map(receiver -> receiver.handler(received::tryComplete))
                .compose(receiving -> received.future());
    }

    private static <T> T now(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(ANSWER_TIME_MAX.toSeconds(), TimeUnit.SECONDS);
    }
}
