package dev.skelly.worker;

import dev.skelly.broker.BrokerConfig;
import dev.skelly.broker.CloudEventMessage;
import dev.skelly.broker.ReconnectBackoff;
import dev.skelly.feature.Worker;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpReceiver;
import io.vertx.amqp.AmqpReceiverOptions;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Consumes one worker's queue on this node: takes as many messages as may run at once, and one more for each that is settled. */
final class QueueConsumer {

    private static final Logger LOGGER = LoggerFactory.getLogger(QueueConsumer.class);
    private static final Duration RETRY_FIRST = Duration.ofMillis(250);
    private static final Duration RETRY_MAX = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Worker worker;
    private final int concurrency;
    private final WorkExecutor runs;
    private final BrokerConfig config;
    private final WorkerMetrics metrics;
    private final ReconnectBackoff backoff;
    private @Nullable AmqpConnection connection; // Confined to the engine's context, like the fields below.
    private @Nullable AmqpReceiver receiver;
    private boolean stopped;

    QueueConsumer(
            Vertx vertx,
            Worker worker,
            int concurrency,
            WorkExecutor runs,
            BrokerConfig config,
            WorkerMetrics metrics,
            RandomGenerator random) {
        this.vertx = vertx;
        this.worker = worker;
        this.concurrency = concurrency;
        this.runs = runs;
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

    /** Stops taking messages; those waiting in memory return to the broker with the connection. */
    void stop() {
        stopped = true;
        var open = receiver;
        if (open != null) {
            open = open.pause();
        }
    }

    /* Credit and settlement are managed here: the client would settle, and request the next message, when the handler returns. */
    private void open(AmqpConnection on) {
        var options = new AmqpReceiverOptions()
                .setAutoAcknowledgement(false)
                .setMaxBufferedMessages(concurrency)
                .setCapabilities(List.of("queue"));
        on.createReceiver(CloudEventMessage.queue(worker.name()), options)
                .timeout(config.openTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(opened -> opened(opened, on))
                .onFailure(failure -> again(failure, on));
    }

    private void opened(AmqpReceiver opened, AmqpConnection on) {
        if (stopped || connection != on) {
            return; // It ends with its connection.
        }
        backoff.reset();
        receiver = opened;
        receiver = opened.exceptionHandler(failure -> lost(failure, opened, on))
                .pause()
                .handler(message -> take(message, opened))
                .fetch(concurrency);
    }

    private void lost(Throwable failure, AmqpReceiver closed, AmqpConnection on) {
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

    private void take(AmqpMessage message, AmqpReceiver from) {
        try {
            var event = CloudEventMessage.read(message);
            runs.deliver(worker, event).onSuccess(known -> settle(message.accepted(), from));
        } catch (CloudEventMessage.Unreadable foreign) {
            metrics.ended(worker.name(), "foreign");
            LOGGER.atError()
                    .addKeyValue("worker", worker.name())
                    .addKeyValue("cause", String.valueOf(foreign.getMessage()))
                    .log("a message that is not one of our events goes to the broker's dead letters");
            settle(message.rejected(), from);
        }
    }

    private void settle(AmqpMessage settled, AmqpReceiver from) {
        if (receiver == from && !stopped) {
            receiver = from.fetch(1);
        } else {
            LOGGER.atTrace().addKeyValue("message", settled.id()).log("settled after its receiver");
        }
    }
}
