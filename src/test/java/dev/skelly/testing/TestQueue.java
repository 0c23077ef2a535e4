package dev.skelly.testing;

import dev.skelly.broker.BrokerAddress;
import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpReceiverOptions;
import io.vertx.amqp.AmqpSenderOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A queue of a test's broker, as another service sees it. Blocks. */
public final class TestQueue implements AutoCloseable {

    private final AmqpClient client;
    private final AmqpConnection connection;
    private final String queue;
    private final List<AmqpMessage> received = new CopyOnWriteArrayList<>();

    /** Connects. */
    public TestQueue(Vertx vertx, BrokerAddress broker, String queue) {
        this.client = AmqpClient.create(
                vertx,
                new AmqpClientOptions()
                        .setHost(broker.host())
                        .setPort(broker.port())
                        .setUsername(broker.user())
                        .setPassword(broker.password()));
        this.queue = queue;
        this.connection = Waiting.on(client.connect());
    }

    /** Takes and accepts everything from now on. */
    public TestQueue receive() {
        var options = new AmqpReceiverOptions().setCapabilities(List.of("queue"));
        Waiting.on(connection.createReceiver(queue, options).map(receiver -> receiver.handler(received::add)));
        return this;
    }

    /** Takes {@code count} messages and gives them back as delivered in vain, so that the broker counts a delivery of each. */
    public void fail(int count) {
        var options =
                new AmqpReceiverOptions().setCapabilities(List.of("queue")).setAutoAcknowledgement(false);
        var failed = Promise.<Void>promise();
        var left = new AtomicInteger(count);
        Waiting.on(connection
                .createReceiver(queue, options)
                .map(receiver -> receiver.handler(message -> {
                    var unused = message.modified(true, false); // It returns itself.
                    if (left.decrementAndGet() == 0) {
                        failed.complete();
                    }
                })));
        Waiting.on(failed.future());
    }

    /** What was taken so far. */
    public List<AmqpMessage> received() {
        return received;
    }

    /** Sends and waits until it is accepted. */
    public void send(AmqpMessage message) {
        var options = new AmqpSenderOptions().setCapabilities(List.of("queue"));
        Waiting.on(connection.createSender(queue, options).compose(sender -> sender.sendWithAck(message)));
    }

    /** Sends all, in this order, and waits until each is accepted. */
    public void sendAll(List<AmqpMessage> messages) {
        var options = new AmqpSenderOptions().setCapabilities(List.of("queue"));
        Waiting.on(connection
                .createSender(queue, options)
                .compose(sender ->
                        Future.all(messages.stream().map(sender::sendWithAck).toList())));
    }

    @Override
    public void close() {
        Waiting.on(client.close());
    }
}
