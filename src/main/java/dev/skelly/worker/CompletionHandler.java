package dev.skelly.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.command.CommandExecutor;
import dev.skelly.event.CommandContext;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.EventLog;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Command;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the outcome of an attempt. Each future fails only when the database did not store the record: then nothing was changed, or it is
 * unknown whether it was, and a new attempt finds out.
 */
final class CompletionHandler {

    /** Thrown when another attempt, or another node's attempt, replaced this one. */
    private static final class Superseded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Superseded() {
            super("another attempt replaced this one", null, false, false);
        }
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(CompletionHandler.class);
    /** After which a statement counts as failed: a lost connection may leave it unanswered. */
    static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(20);

    private final String node;
    private final SqlClient sql;
    private final EventLog log;
    private final CommandExecutor runner;
    private final InboxTable inbox;
    private final EmitterNotifications outcomes;
    private final RetryPolicy schedule;
    private final int attemptsMax;
    private final JsonMapper json;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final WorkerMetrics metrics;
    private Runnable released = () -> {}; // Confined to the engine's context.

    CompletionHandler(
            NodeEnvironment environment,
            SqlClient sql,
            CommandExecutor runner,
            InboxTable inbox,
            EmitterNotifications outcomes,
            RetryPolicy schedule,
            int attemptsMax,
            WorkerMetrics metrics) {
        this.node = environment.node();
        this.sql = sql;
        this.log = runner.log();
        this.runner = runner;
        this.inbox = inbox;
        this.outcomes = outcomes;
        this.schedule = schedule;
        this.attemptsMax = attemptsMax;
        this.json = environment.json();
        this.clock = environment.clock();
        this.ids = environment.ids();
        this.metrics = metrics;
    }

    /** Calls {@code listener} when blocked events may have become due. */
    void onRelease(Runnable listener) {
        released = listener;
    }

    /** Returns whether an attempt with this number must not start any more, because the nodes that ran the earlier ones died. */
    boolean usedUp(int attempt) {
        return attempt > attemptsMax;
    }

    Future<Void> of(Worker worker, StoredEvent event, int attempt, WorkResult outcome) {
        return outcome.match(
                done -> done(worker, event, attempt, done.commands()),
                later -> again(worker.name(), event, error(attempt, "later", later.why()), later.delay()),
                refused -> dead(worker.name(), event, attempt, List.of(error(attempt, "refused", refused.why()))));
    }

    private Future<Void> done(Worker worker, StoredEvent event, int attempt, List<Command<?>> commands) {
        return log.transact(CommandContext.of(event), tx -> effect(tx, worker, event, attempt, commands))
                .timeout(DATABASE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .compose(
                        committed -> {
                            if (worker.ordered()) {
                                released.run();
                            }
                            return ended(worker.name(), committed.value() ? "done" : "superseded");
                        },
                        failure -> failure instanceof Superseded
                                ? ended(worker.name(), "superseded")
                                : failed(worker, event, attempt, failure));
    }

    /* Returns whether this was the event's one effect. */
    private Future<Boolean> effect(Tx tx, Worker worker, StoredEvent event, int attempt, List<Command<?>> commands) {
        var locked = worker.ordered() ? GroupTable.lock(tx.sql(), worker.name()) : Future.<Void>succeededFuture();
        return locked.compose(lock -> inbox.done(tx.sql(), worker.name(), event.id(), attempt))
                .compose(recorded -> switch (recorded) {
                    case FIRST ->
                        run(tx, commands)
                                .compose(carriedOut -> outcomes.done(tx, List.of(event), worker.name()))
                                .map(true);
                    case REPEATED -> Future.succeededFuture(false);
                    case SUPERSEDED -> Future.<Boolean>failedFuture(new Superseded());
                })
                .compose(first -> worker.ordered()
                        ? HeldWorkTable.release(tx.sql(), worker, List.of(event.subject()))
                                .map(first)
                        : Future.succeededFuture(first));
    }

    private Future<Void> run(Tx tx, List<Command<?>> commands) {
        Future<Void> carriedOut = Future.succeededFuture();
        for (var command : commands) {
            carriedOut = carriedOut.compose(done -> runner.run(tx, command).mapEmpty());
        }
        return carriedOut;
    }

    Future<Void> failed(Worker worker, StoredEvent event, int attempt, Throwable failure) {
        // The error's text stays in the inbox: it may name a person (an address that a mail server rejected).
        LOGGER.atWarn()
                .addKeyValue("worker", worker.name())
                .addKeyValue("event", event.id())
                .addKeyValue("correlation", event.correlation())
                .addKeyValue("attempt", attempt)
                .addKeyValue("error", failure.getClass().getName())
                .log("an attempt failed");
        LOGGER.atDebug().setCause(failure).addKeyValue("event", event.id()).log("how the attempt failed");
        return again(worker.name(), event, AttemptError.of(clock.instant(), node, attempt, failure), null);
    }

    private Future<Void> again(String worker, StoredEvent event, AttemptError error, @Nullable Duration delay) {
        var pause = schedule.after(error.attempt());
        if (pause.isEmpty()) {
            return dead(worker, event, error.attempt(), List.of(error));
        }
        return inbox.await(sql, worker, event.id(), error.attempt(), text(error), delay == null ? pause.get() : delay)
                .timeout(DATABASE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .compose(noted -> ended(worker, noted ? "waiting" : "superseded"));
    }

    /** Gives up an event whose attempts are used up, the last ones by nodes that died. */
    Future<Void> giveUp(String worker, StoredEvent event, int attempt) {
        return dead(worker, event, attempt, List.of());
    }

    /** Gives up an event that is not in the log, so no worker can process it. */
    Future<Void> missing(InboxTable.ClaimedWork due) {
        var error = error(due.attempt(), "missing", "the event is not in the log");
        return dead(due, CommandContext.fresh(ids.get()), List.of(error));
    }

    private Future<Void> dead(String worker, StoredEvent event, int attempt, List<AttemptError> last) {
        return dead(
                new InboxTable.ClaimedWork(worker, event.id(), event.type(), attempt, false),
                CommandContext.of(event),
                last);
    }

    private Future<Void> dead(InboxTable.ClaimedWork due, CommandContext cause, List<AttemptError> last) {
        var id = ids.get();
        return log.transact(cause, tx -> bury(tx, id, due, last))
                .timeout(DATABASE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .compose(
                        committed -> buried(due, cause, id),
                        failure -> failure instanceof Superseded
                                ? ended(due.worker(), "superseded")
                                : Future.failedFuture(failure));
    }

    /* A dead letter about a dead letter would cause the next one, for a worker that rejects everything. */
    private Future<Void> bury(Tx tx, UUID id, InboxTable.ClaimedWork due, List<AttemptError> last) {
        return DeadLetterTable.bury(tx.sql(), id, due.worker(), due.event(), due.attempt(), text(last))
                .compose(buried -> {
                    if (!buried) {
                        return Future.failedFuture(new Superseded());
                    }
                    return due.type().equals(DeadLetterEvent.DeadLettered.NAME)
                            ? Future.succeededFuture()
                            : tx.append(new DeadLetterEvent.DeadLettered(id, due.worker(), due.event(), due.type()))
                                    .compose(told -> outcomes.dead(tx, due.event(), due.type(), due.worker()));
                });
    }

    private Future<Void> buried(InboxTable.ClaimedWork due, CommandContext cause, UUID id) {
        LOGGER.atError()
                .addKeyValue("worker", due.worker())
                .addKeyValue("event", due.event())
                .addKeyValue("correlation", cause.correlation())
                .addKeyValue("deadLetter", id)
                .log("an event became a dead letter");
        return ended(due.worker(), "dead");
    }

    private Future<Void> ended(String worker, String outcome) {
        metrics.ended(worker, outcome);
        return Future.succeededFuture();
    }

    private AttemptError error(int attempt, String error, String message) {
        return new AttemptError(clock.instant(), node, attempt, error, message);
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an attempt's error cannot be written", e);
        }
    }
}
