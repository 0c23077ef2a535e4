package dev.skelly.broker;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.proton.ProtonLink;
import io.vertx.proton.ProtonLinkOptions;
import io.vertx.proton.ProtonSender;
import io.vertx.proton.ProtonSession;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Terminus;
import org.apache.qpid.proton.amqp.messaging.TerminusDurability;
import org.jspecify.annotations.Nullable;

/**
 * One end of a queue, in an AMQP session of its own, so that a broker that ends the session over one queue leaves the others alone.
 *
 * <p>It requests a durable terminus: a broker that creates the queue for the link then keeps it over a restart.
 */
final class QueueLink {

    private static final Symbol QUEUE = Symbol.valueOf("queue");

    private final ProtonSession session;
    private final ProtonLink<?> link;
    private @Nullable Consumer<Throwable> onEnd; // Confined to the connection's context, like the field below.
    private boolean ended;

    private QueueLink(ProtonSession session, ProtonLink<?> link) {
        this.session = session;
        this.link = link;
    }

    /* Vert.x numbers the links of each session, and brokers may compare names across the sessions of a connection. */
    static ProtonLinkOptions named(String queue) {
        return new ProtonLinkOptions().setLinkName(queue + "-" + UUID.randomUUID());
    }

    /** Requests the queue of a work terminus that the broker keeps. */
    static void request(Terminus terminus) {
        terminus.setDurable(TerminusDurability.CONFIGURATION);
        terminus.setCapabilities(QUEUE);
    }

    /** Opens a link. Fails when the broker refuses it, or does not answer within {@code limit}. */
    static Future<QueueLink> open(ProtonSession session, ProtonLink<?> link, Duration limit) {
        var made = new QueueLink(session, link);
        var promise = Promise.<QueueLink>promise();
        session.closeHandler(closed -> made.end(closed, promise));
        link.openHandler(opened -> made.opened(opened, promise));
        link.closeHandler(closed -> made.end(closed, promise));
        link.detachHandler(detached -> made.end(detached, promise));
        session.open();
        link.open();
        return promise.future().timeout(limit.toMillis(), TimeUnit.MILLISECONDS).onFailure(failure -> made.close());
    }

    /* A broker that refuses a link answers without a terminus first, and then closes the link with the reason. */
    private void opened(AsyncResult<?> answer, Promise<QueueLink> promise) {
        if (answer.failed()) {
            promise.tryFail(answer.cause());
        } else if (answer() != null) {
            promise.tryComplete(this);
        }
    }

    private @Nullable Object answer() {
        return link instanceof ProtonSender ? link.getRemoteTarget() : link.getRemoteSource();
    }

    private void end(AsyncResult<?> why, Promise<QueueLink> promise) {
        if (ended) {
            return;
        }
        close();
        var cause = why.failed() ? why.cause() : new IllegalStateException("the broker closed the link");
        promise.tryFail(cause);
        var listener = onEnd;
        if (listener != null) {
            listener.accept(cause);
        }
    }

    /** Calls {@code listener} when the broker ends the link. Not called after {@link #close}, nor when the connection is lost. */
    void onEnd(Consumer<Throwable> listener) {
        onEnd = listener;
    }

    /** Returns whether the terminus that the broker answered with is durable. */
    boolean durable() {
        return answer() instanceof Terminus answered
                && answered.getDurable() != null
                && answered.getDurable() != TerminusDurability.NONE;
    }

    /** Closes the link and its session; unsettled messages return to the broker. */
    void close() {
        ended = true;
        link.close();
        session.close();
    }
}
