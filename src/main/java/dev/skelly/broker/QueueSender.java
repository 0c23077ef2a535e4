package dev.skelly.broker;

import io.vertx.amqp.AmqpConnection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonSender;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.message.Message;

/** Sends durable messages to one durable queue. Confined to the context of its connection. */
public final class QueueSender {

    /** Thrown when the broker does not accept a message. */
    public static final class NotAccepted extends Exception {

        private static final long serialVersionUID = 1L;

        NotAccepted(String answer) {
            super("the broker answered " + answer, null, false, false);
        }
    }

    private final ProtonSender sender;
    private final QueueLink link;

    private QueueSender(ProtonSender sender, QueueLink link) {
        this.sender = sender;
        this.link = link;
    }

    /** Opens a sender. Fails when the broker refuses it, or does not answer within {@code limit}. */
    public static Future<QueueSender> open(AmqpConnection connection, String queue, Duration limit) {
        var session = connection.unwrap().createSession();
        var sender = session.createSender(queue, QueueLink.named(queue));
        QueueLink.request((Target) sender.getTarget());
        return QueueLink.open(session, sender, limit).map(link -> new QueueSender(sender, link));
    }

    /** Returns whether the broker says that it keeps the queue. */
    public boolean durable() {
        return link.durable();
    }

    /** Returns whether the broker takes no message now. */
    public boolean full() {
        return sender.sendQueueFull();
    }

    /** Calls {@code more} whenever the broker takes messages again. */
    public void onCredit(Runnable more) {
        sender.sendQueueDrainHandler(credit -> more.run());
    }

    /** Calls {@code listener} when the broker ends this sender; not when the connection is lost. */
    public void onEnd(Consumer<Throwable> listener) {
        link.onEnd(listener);
    }

    /**
     * Sends a message. Completes when the broker has accepted it; fails with {@link NotAccepted} otherwise. Never completes when the link or
     * the connection ends first, so the caller needs a deadline.
     */
    public Future<Void> send(Message message) {
        var promise = Promise.<Void>promise();
        sender.send(message, delivery -> answered(delivery, promise));
        return promise.future();
    }

    private static void answered(ProtonDelivery delivery, Promise<Void> promise) {
        var answer = delivery.getRemoteState();
        if (answer instanceof Accepted) {
            promise.tryComplete();
        } else if (delivery.remotelySettled()) {
            promise.tryFail(new NotAccepted(String.valueOf(answer)));
        }
    }

    /** Closes this sender; unanswered messages may or may not be in the queue. */
    public void close() {
        link.close();
    }
}
