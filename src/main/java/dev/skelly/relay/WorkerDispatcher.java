package dev.skelly.relay;

import dev.skelly.broker.BrokerConfig;
import dev.skelly.broker.CloudEventMessage;
import dev.skelly.broker.MessageProof;
import dev.skelly.broker.QueueSender;
import dev.skelly.broker.ReconnectBackoff;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogReader;
import dev.skelly.feature.Worker;
import io.vertx.amqp.AmqpConnection;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one worker's events to the broker, in order, during one term.
 *
 * <p>After any failure it restarts behind the accepted prefix: messages in flight are dropped and read from the log again.
 */
final class WorkerDispatcher {

    /**
     * What a term begins with.
     *
     * @param position up to here the broker has everything that the worker reacts to
     * @param head the newest position of the log
     * @param proof for the messages
     */
    record TermStart(long position, long head, MessageProof proof) {}

    private static final Logger LOGGER = LoggerFactory.getLogger(WorkerDispatcher.class);
    private static final int PAGE_ROWS = 256;
    private static final int WAITING_MAX = 2 * PAGE_ROWS;
    private static final Duration RETRY_FIRST = Duration.ofMillis(250);
    private static final Duration RETRY_MAX = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final String worker;
    private final WorkerInterest interest;
    private final LogReader reader;
    private final RelayConfig config;
    private final BrokerConfig brokerConfig;
    private final RelayMetrics metrics;
    private final ReconnectBackoff backoff;
    private final MessageProof proof;
    private final ArrayDeque<StoredEvent> waiting =
            new ArrayDeque<>(); // Confined to the relay's context, like the fields below.
    private InFlightWindow window;
    private @Nullable AmqpConnection connection;
    private @Nullable QueueSender sender;
    private long read; // Everything up to here is waiting, in flight or irrelevant.
    private long head;
    private boolean reading;
    private boolean ended;
    private long generation;

    /**
     * Starts after {@code position}.
     *
     * @param start where the term begins
     */
    WorkerDispatcher(
            Vertx vertx,
            Worker worker,
            TermStart start,
            LogReader reader,
            RelayConfig config,
            BrokerConfig brokerConfig,
            RelayMetrics metrics,
            RandomGenerator random) {
        this.vertx = vertx;
        this.worker = worker.name();
        this.interest = WorkerInterest.of(worker);
        this.reader = reader;
        this.config = config;
        this.brokerConfig = brokerConfig;
        this.metrics = metrics;
        this.backoff = new ReconnectBackoff(RETRY_FIRST, RETRY_MAX, random);
        this.window = new InFlightWindow(start.position());
        this.read = start.position();
        this.head = start.head();
        this.proof = start.proof();
    }

    String worker() {
        return worker;
    }

    /** Returns the position up to which the broker has accepted everything that concerns the worker. */
    long acceptedUpTo() {
        return window.acceptedUpTo();
    }

    /** Returns whether an acknowledgement of the broker is overdue. */
    boolean overdue(long nowNanos) {
        return window.overdue(nowNanos);
    }

    /** Attaches a new connection to the broker. */
    void attach(AmqpConnection made) {
        connection = made;
        backoff.reset();
        restart();
        openSender(made);
    }

    /** Detaches the lost connection. */
    void detach() {
        connection = null;
        restart();
    }

    /** Ends the term; nothing more is sent. */
    void end() {
        ended = true;
        var open = sender;
        restart();
        if (open != null) {
            open.close();
        }
    }

    /**
     * Takes freshly sequenced events. Keeps them when this dispatcher is at the head and has space; otherwise reads them from the log
     * later.
     */
    void stamped(long from, long to, List<StoredEvent> events) {
        head = to;
        if (!reading && read == from && waiting.size() + events.size() <= WAITING_MAX) {
            events.stream().filter(event -> interest.concerns(event.type())).forEach(waiting::addLast);
            read = to;
        }
        pump();
    }

    private void pump() {
        if (ended) {
            return;
        }
        var open = sender;
        while (open != null
                && open == sender
                && !waiting.isEmpty()
                && window.unanswered() < config.inFlightMax()
                && !open.full()) {
            send(open, waiting.removeFirst());
        }
        if (waiting.isEmpty()) {
            window.passed(read);
        }
        metrics.inFlight(worker).set(window.unanswered());
        if (!reading && read < head && waiting.size() < PAGE_ROWS) {
            readOn();
        }
    }

    private void send(QueueSender open, StoredEvent event) {
        var mine = generation;
        var answered = window.sent(
                event.position(), System.nanoTime() + config.sendDeadline().toNanos());
        open.send(CloudEventMessage.write(event, worker, proof).unwrap())
                .onSuccess(accepted -> {
                    if (mine == generation) {
                        answered.run();
                        backoff.reset();
                        metrics.dispatched(worker).increment();
                        pump();
                    }
                })
                .onFailure(failure -> again(mine, failure));
    }

    private void readOn() {
        var mine = generation;
        reading = true;
        reader.page(read, null, interest.types(), PAGE_ROWS)
                .onSuccess(page -> {
                    if (mine == generation) {
                        take(page);
                    }
                })
                .onFailure(failure -> {
                    LOGGER.atWarn()
                            .addKeyValue("worker", worker)
                            .addKeyValue("cause", failure.toString())
                            .log("the log cannot be read for dispatch, will try again");
                    vertx.setTimer(backoff.nextMillis(), timer -> {
                        if (mine == generation) {
                            reading = false;
                            pump();
                        }
                    });
                });
    }

    private void take(EventPage page) {
        reading = false;
        page.events().stream().filter(event -> interest.concerns(event.type())).forEach(waiting::addLast);
        read = page.upTo();
        head = Math.max(head, page.head());
        pump();
    }

    /* Drops the messages in flight; late acknowledgements find another generation and are ignored. */
    private void restart() {
        generation++;
        sender = null;
        waiting.clear();
        reading = false;
        read = window.acceptedUpTo();
        window = new InFlightWindow(read);
        metrics.inFlight(worker).set(0);
    }

    private void openSender(AmqpConnection on) {
        var mine = generation;
        QueueSender.open(on, CloudEventMessage.queue(worker), brokerConfig.openTimeout())
                .onSuccess(opened -> opened(opened, mine))
                .onFailure(failure -> again(mine, failure));
    }

    private void opened(QueueSender opened, long mine) {
        if (mine != generation || ended) {
            opened.close();
            return;
        }
        sender = opened;
        metrics.durable(worker).set(opened.durable() ? 1 : 0);
        if (!opened.durable()) {
            LOGGER.atWarn()
                    .addKeyValue("worker", worker)
                    .log(
                            "the broker does not promise to keep the worker's queue over a restart; lost events are handed over again");
        }
        opened.onEnd(failure -> again(mine, failure));
        opened.onCredit(this::pump);
        pump();
    }

    /* Handles a rejected message or an ended sender: opening a new sender declares the queue again, and sending resumes from there. */
    private void again(long mine, Throwable failure) {
        if (mine != generation || ended) {
            return;
        }
        metrics.dispatchFailures(worker).increment();
        LOGGER.atError()
                .addKeyValue("worker", worker)
                .addKeyValue("after", window.acceptedUpTo())
                .addKeyValue("cause", failure.toString())
                .log("the broker did not accept an event, will send again from the last accepted one");
        var open = sender;
        restart();
        if (open != null) {
            open.close();
        }
        var now = generation;
        vertx.setTimer(backoff.nextMillis(), timer -> {
            var on = connection;
            if (now == generation && on != null && !ended) {
                openSender(on);
            }
        });
    }
}
