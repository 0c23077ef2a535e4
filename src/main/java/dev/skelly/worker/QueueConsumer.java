package dev.skelly.worker;

import dev.skelly.broker.BrokerConfig;
import dev.skelly.broker.CloudEventMessage;
import dev.skelly.broker.QueueProbe;
import dev.skelly.broker.QueueReceiver;
import dev.skelly.broker.ReconnectBackoff;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.Worker;
import io.vertx.amqp.AmqpConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Consumes one worker's queue on this node: holds a window of messages, and takes more as they are settled. */
final class QueueConsumer {

    private static final Logger LOGGER = LoggerFactory.getLogger(QueueConsumer.class);
    private static final Duration RETRY_FIRST = Duration.ofMillis(250);
    private static final Duration RETRY_MAX = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Worker worker;
    private final CreditWindow window;
    private final DeliveryQueue queue;
    private final DeliveryCheck check;
    private final BrokerConfig config;
    private final WorkerMetrics metrics;
    private final ReconnectBackoff backoff;
    private @Nullable AmqpConnection connection; // Confined to the engine's context, like the fields below.
    private @Nullable QueueReceiver receiver;
    private boolean stopped;
    private int settled; // In this turn, by the present receiver.
    private final Set<Future<Void>> unfinished = new LinkedHashSet<>(); // Events whose outcome is not stored.

    QueueConsumer(
            Vertx vertx,
            Worker worker,
            CreditWindow window,
            DeliveryQueue queue,
            DeliveryCheck check,
            BrokerConfig config,
            WorkerMetrics metrics,
            RandomGenerator random) {
        this.vertx = vertx;
        this.worker = worker;
        this.window = window;
        this.queue = queue;
        this.check = check;
        this.config = config;
        this.metrics = metrics;
        this.backoff = new ReconnectBackoff(RETRY_FIRST, RETRY_MAX, random);
    }

    void attach(AmqpConnection made) {
        connection = made;
        backoff.reset();
        open(made);
    }

    void detach() {
        connection = null;
        receiver = null;
    }

    /** Starts no more work; messages waiting in memory return to the broker with the connection. */
    void stop() {
        stopped = true;
        queue.stop();
    }

    private void open(AmqpConnection on) {
        QueueReceiver.open(
                        on, CloudEventMessage.queue(worker.name()), config.openTimeout(), message -> take(message, on))
                .onSuccess(opened -> opened(opened, on))
                .onFailure(failure -> again(failure, on));
    }

    private void opened(QueueReceiver opened, AmqpConnection on) {
        if (stopped || connection != on) {
            return; // It ends with its connection.
        }
        backoff.reset();
        receiver = opened;
        opened.onEnd(failure -> lost(failure, opened, on));
        settled = 0;
        window.reset();
        opened.request(window.grant());
    }

    private void lost(Throwable failure, QueueReceiver closed, AmqpConnection on) {
        if (receiver == closed) {
            receiver = null;
            again(failure, on);
        }
    }

    private void again(Throwable failure, AmqpConnection on) {
        if (stopped || connection != on) {
            return;
        }
        LOGGER.atWarn()
                .addKeyValue("worker", worker.name())
                .addKeyValue("cause", failure.toString())
                .log("a worker's queue cannot be read, will try again");
        vertx.setTimer(backoff.nextMillis(), timer -> {
            if (!stopped && connection == on && receiver == null) {
                open(on);
            }
        });
    }

    private void take(QueueReceiver.Received received, AmqpConnection on) {
        var from = receiver;
        if (stopped || connection != on || from == null) {
            return;
        }
        var probe = QueueProbe.read(received.message());
        if (probe.isPresent()) {
            passed(probe.get(), received, from);
            return;
        }
        try {
            var event = CloudEventMessage.read(received.message());
            window.received(event.data().length());
            var end = check.event(received.message(), worker, event)
                    .compose(logged -> logged.isPresent()
                            ? work(logged.get(), received, from)
                            : foreign("the log has no such event for this worker at its position", received, from));
            unfinished.add(end);
            end.onComplete(ended -> unfinished.remove(end));
        } catch (CloudEventMessage.Unreadable unreadable) {
            reject(String.valueOf(unreadable.getMessage()), received, from);
        }
    }

    private Future<Void> work(StoredEvent event, QueueReceiver.Received received, QueueReceiver from) {
        return stopped
                ? Future.failedFuture("the work role stops")
                : queue.add(event, received.redelivered()).onSuccess(stored -> settle(received::accept, from));
    }

    private Future<Void> foreign(String cause, QueueReceiver.Received received, QueueReceiver from) {
        reject(cause, received, from);
        return Future.succeededFuture();
    }

    private void reject(String cause, QueueReceiver.Received received, QueueReceiver from) {
        metrics.ended(worker.name(), "foreign");
        LOGGER.atError()
                .addKeyValue("worker", worker.name())
                .addKeyValue("cause", cause)
                .log("a message that is not one of our events goes to the broker's dead letters");
        settle(received::reject, from);
    }

    /* A probe says that what came before it has left the queue; it waits until the inbox can show that. */
    private void passed(UUID probe, QueueReceiver.Received received, QueueReceiver from) {
        check.arrived(received.message(), worker, probe, Future.join(List.copyOf(unfinished)))
                .onSuccess(sent -> {
                    if (sent) {
                        settle(received::accept, from);
                    } else {
                        reject("the relay did not send this probe", received, from);
                    }
                });
    }

    /* The broker has taken the message back when its receiver has ended. Credit is renewed once for all that a group settles. */
    private void settle(Runnable settlement, QueueReceiver from) {
        if (receiver != from) {
            return;
        }
        settlement.run();
        if (settled++ == 0) {
            vertx.runOnContext(turn -> renewCredit());
        }
    }

    private void renewCredit() {
        window.settled(settled);
        settled = 0;
        var open = receiver;
        if (open != null && !stopped) {
            open.request(window.grant());
        }
    }
}
