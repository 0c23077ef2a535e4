package dev.skelly.broker;

import io.vertx.amqp.AmqpConnection;
import io.vertx.core.Future;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonHelper;
import io.vertx.proton.ProtonReceiver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.message.Message;

/** Receives messages from one durable queue, each only after a request. Confined to the context of its connection. */
public final class QueueReceiver {

    /** A message that is not settled yet. */
    public static final class Received {

        private final Message message;
        private final ProtonDelivery delivery;

        private Received(Message message, ProtonDelivery delivery) {
            this.message = message;
            this.delivery = delivery;
        }

        public Message message() {
            return message;
        }

        /**
         * Returns whether the broker says that it may have delivered the message before. False does not prove a first delivery: when the
         * connection is lost before the settlement, Artemis counts a delivery of all its messages, looked at or not, or of none.
         */
        public boolean redelivered() {
            var header = message.getHeader();
            return message.getDeliveryCount() > 0
                    || (header != null && Boolean.FALSE.equals(header.getFirstAcquirer()));
        }

        /** Tells the broker to forget the message. */
        public void accept() {
            ProtonHelper.accepted(delivery, true);
        }

        /** Tells the broker that the message cannot be processed; the broker decides where it goes. */
        public void reject() {
            ProtonHelper.rejected(delivery, true);
        }
    }

    private final ProtonReceiver receiver;
    private final QueueLink link;
    private final Consumer<Received> handler;
    private final ArrayDeque<Received> early =
            new ArrayDeque<>(); // Confined to the connection's context, like the field below.
    private int requested;

    private QueueReceiver(ProtonReceiver receiver, QueueLink link, Consumer<Received> handler) {
        this.receiver = receiver;
        this.link = link;
        this.handler = handler;
        this.receiver.handler((delivery, message) -> take(new Received(message, delivery)));
    }

    /**
     * Opens a receiver, without requesting messages. Fails when the broker refuses it, or does not answer within {@code limit}.
     *
     * @param handler called for each message
     */
    public static Future<QueueReceiver> open(
            AmqpConnection connection, String queue, Duration limit, Consumer<Received> handler) {
        var session = connection.unwrap().createSession();
        var receiver = session.createReceiver(queue, QueueLink.named(queue))
                .setPrefetch(0)
                .setAutoAccept(false);
        QueueLink.request((Source) receiver.getSource());
        return QueueLink.open(session, receiver, limit).map(link -> new QueueReceiver(receiver, link, handler));
    }

    /** Requests {@code count} more messages. */
    public void request(int count) {
        var left = count;
        while (left > 0 && !early.isEmpty()) {
            left--;
            handler.accept(early.remove());
        }
        if (left > 0) {
            requested += left;
            receiver.flow(left);
        }
    }

    /* RabbitMQ 3.10 sends more than was requested when requests follow each other quickly: the rest waits for the next requests. */
    private void take(Received received) {
        if (requested > 0) {
            requested--;
            handler.accept(received);
        } else {
            early.add(received);
        }
    }

    /** Calls {@code listener} when the broker ends this receiver; not when the connection is lost. */
    public void onEnd(Consumer<Throwable> listener) {
        link.onEnd(listener);
    }

    /** Closes this receiver; unsettled messages return to the broker. */
    public void close() {
        link.close();
    }
}
