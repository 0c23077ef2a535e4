package dev.skelly.relay;

import dev.skelly.broker.CloudEventMessage;
import dev.skelly.broker.MessageProof;
import dev.skelly.broker.QueueProbe;
import dev.skelly.broker.QueueSender;
import dev.skelly.broker.ReconnectBackoff;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.worker.HandoverTable;
import io.vertx.amqp.AmqpConnection;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether the broker has lost events of one worker, during one term, and hands them over again.
 *
 * <p>Invariant: every accepted event is in the inbox, in the queue, or handed over again. Algorithm: confirm the prefix of accepted events
 * that the inbox has had. When the first event beyond it stays the same for {@code relay.lost-after}, send a probe through the queue. A probe
 * that came out proves that every event accepted before it has left the queue: those that the inbox still lacks one round later are lost.
 * Works with every AMQP broker that keeps the order of a queue. A wrong verdict costs a message: the inbox has one effect for each event.
 */
final class LossCheck {

    private static final Logger LOGGER = LoggerFactory.getLogger(LossCheck.class);
    private static final int WINDOWS_MAX = 20; // Per round; the next round continues.
    private static final Duration PAUSE_MAX = Duration.ofMinutes(15);

    /**
     * A probe in the queue.
     *
     * @param upTo the position up to which the broker had accepted everything before
     * @param arrived whether an earlier round saw that it came out
     */
    private record SentProbe(UUID id, long upTo, boolean arrived) {}

    private final SqlClient sql;
    private final WorkerInterest interest;
    private final MessageProof proof;
    private final RelayConfig config;
    private final RelayMetrics metrics;
    private final NodeEnvironment environment;
    private final ReconnectBackoff pause;
    private @Nullable AmqpConnection connection; // Confined to the relay's context, like the fields below.
    private @Nullable SentProbe probe;
    private @Nullable Redispatch redispatch;
    private long confirmed;
    private long stuckAt;
    private long handedOverUpTo;
    private long probeDueNanos = System.nanoTime();
    private boolean underway;
    private boolean ended;

    LossCheck(
            SqlClient sql,
            WorkerInterest interest,
            MessageProof proof,
            RelayConfig config,
            RelayMetrics metrics,
            NodeEnvironment environment) {
        this.sql = sql;
        this.interest = interest;
        this.proof = proof;
        this.config = config;
        this.metrics = metrics;
        this.environment = environment;
        this.pause = new ReconnectBackoff(config.lostAfter(), PAUSE_MAX, environment.random());
    }

    String worker() {
        return interest.worker();
    }

    /** Uses a new connection. The broker may have forgotten everything, and the probe too. */
    void attach(AmqpConnection made) {
        connection = made;
        probe = null;
        redispatch = null;
        pause.reset();
        probeDueNanos = System.nanoTime() + config.lostAfter().toNanos();
    }

    void detach() {
        connection = null;
        probe = null;
        redispatch = null;
    }

    /** Ends the term; nothing more is sent. */
    void end() {
        ended = true;
        detach();
    }

    /**
     * Compares once. Does nothing while the previous comparison runs.
     *
     * @param known null when the worker has no row yet
     * @param accepted the position up to which the broker has accepted everything
     */
    Future<Void> round(HandoverTable.@Nullable Handover known, long accepted) {
        if (known == null || ended || underway) {
            return Future.succeededFuture();
        }
        underway = true;
        confirmed = Math.max(confirmed, known.confirmed());
        return firstMissing(accepted, WINDOWS_MAX)
                .compose(missing -> confirm(known).map(missing))
                .onSuccess(missing -> decide(missing, known, accepted))
                .onComplete(done -> underway = false)
                .mapEmpty();
    }

    /* Moves the confirmed position up to the first missing event; empty if this round finds no missing event. */
    private Future<OptionalLong> firstMissing(long accepted, int windows) {
        if (confirmed >= accepted || windows == 0) {
            return Future.succeededFuture(OptionalLong.empty());
        }
        return HandoverTable.missing(sql, worker(), interest.types(), confirmed, accepted, config.inFlightMax())
                .compose(page -> {
                    var first = page.events().stream()
                            .filter(event -> interest.concerns(event.type()))
                            .mapToLong(HandoverTable.UntakenEvent::position)
                            .findFirst();
                    confirmed = first.isPresent() ? first.getAsLong() - 1 : page.upTo();
                    return first.isPresent() ? Future.succeededFuture(first) : firstMissing(accepted, windows - 1);
                });
    }

    private Future<Void> confirm(HandoverTable.Handover known) {
        return confirmed > known.confirmed()
                ? HandoverTable.confirm(sql, worker(), confirmed)
                : Future.succeededFuture();
    }

    private void decide(OptionalLong missing, HandoverTable.Handover known, long accepted) {
        metrics.unconfirmed(worker()).set(Math.max(0, accepted - confirmed));
        var open = connection;
        if (ended || open == null || redispatch != null) {
            return;
        }
        if (known.again() != null && known.againFrom() != null) {
            begin(
                    open,
                    new Redispatch(sql, interest, proof, config, known.again(), accepted),
                    known.againFrom() - 1,
                    true);
        } else if (missing.isPresent()) {
            suspect(open, missing.getAsLong(), known, accepted);
        } else {
            probe = null;
            stuckAt = 0;
            pause.reset();
        }
    }

    private void suspect(AmqpConnection open, long position, HandoverTable.Handover known, long accepted) {
        var sent = probe;
        var now = System.nanoTime();
        if (position != stuckAt) {
            stuckAt = position;
            if (position > handedOverUpTo) {
                pause.reset();
            }
            if (sent == null) {
                probeDueNanos = now + config.lostAfter().toNanos();
            }
        }
        if (sent != null && sent.arrived()) {
            probe = null;
            if (position <= sent.upTo()) {
                begin(open, new Redispatch(sql, interest, proof, config, sent.id(), sent.upTo()), position - 1, false);
            }
        } else if (sent != null && known.probe() != null && known.probe().compareTo(sent.id()) >= 0) {
            probe = new SentProbe(sent.id(), sent.upTo(), true);
        } else if (now - probeDueNanos >= 0) {
            probe(open, accepted);
        }
    }

    /* A link of its own declares the queue anew, should an operator have deleted it. */
    private void probe(AmqpConnection open, long accepted) {
        var sent = new SentProbe(environment.ids().get(), accepted, false);
        probe = sent;
        metrics.probes(worker()).increment();
        probeDueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause.nextMillis());
        var limit = config.sendDeadline();
        QueueSender.open(open, CloudEventMessage.queue(worker()), limit)
                .compose(sender -> sender.send(QueueProbe.write(sent.id(), worker(), proof))
                        .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                        .onComplete(done -> sender.close()))
                .onFailure(failure -> LOGGER.atDebug()
                        .addKeyValue("worker", worker())
                        .setCause(failure)
                        .log("a probe was not accepted, will send another"));
    }

    private void begin(AmqpConnection open, Redispatch started, long after, boolean requested) {
        redispatch = started;
        var from = Math.max(after, confirmed);
        started.run(open, from).onComplete(done -> {
            if (redispatch == started) {
                redispatch = null;
                handedOverUpTo = Math.max(handedOverUpTo, started.upTo());
                probeDueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause.nextMillis());
            }
            report(started, from + 1, requested, done.cause());
            if (requested && done.succeeded()) {
                HandoverTable.fulfilled(sql, worker(), started.id())
                        .onFailure(failure -> LOGGER.atDebug().setCause(failure).log("the request will be repeated"));
            }
        });
    }

    private void report(Redispatch run, long from, boolean requested, @Nullable Throwable failure) {
        if (run.sent() > 0 && !requested) {
            metrics.losses(worker()).increment();
        }
        metrics.redispatched(worker()).increment((double) run.sent());
        if (failure == null && run.sent() == 0 && !requested) {
            return; // They arrived meanwhile.
        }
        var line = failure == null && requested ? LOGGER.atInfo() : LOGGER.atWarn();
        line = failure == null ? line : line.addKeyValue("cause", failure.toString());
        line.addKeyValue("worker", worker())
                .addKeyValue("events", run.sent())
                .addKeyValue("from", from)
                .addKeyValue("upTo", run.upTo())
                .log(sentence(requested, failure == null));
    }

    private static String sentence(boolean requested, boolean complete) {
        var what = requested ? "an operator asked for events again" : "the broker lost events that it had accepted";
        return what + (complete ? "; they are handed over again" : "; not all could be handed over, will try again");
    }
}
