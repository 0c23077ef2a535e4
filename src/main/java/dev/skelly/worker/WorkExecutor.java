package dev.skelly.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Event;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs events through workers: begin, work, complete. Tracks the attempts that run on this node. Confined to the engine's context. */
final class WorkExecutor {

    private record RunKey(String worker, UUID event) {}

    /* The attempt is 0 until the database has the event in the inbox. */
    private record Run(int attempt, Future<Void> over) {}

    private final SqlClient sql;
    private final InboxTable inbox;
    private final CompletionHandler conclusion;
    private final DatabaseCircuitBreaker gate;
    private final EventTypeRegistry eventTypes;
    private final JsonMapper json;
    private final Duration timeout;
    private final WorkerMetrics metrics;
    private final Map<RunKey, Run> running = new LinkedHashMap<>(); // Confined to the engine's context.
    private @Nullable Promise<Void> idle;

    WorkExecutor(
            SqlClient sql,
            InboxTable inbox,
            CompletionHandler conclusion,
            DatabaseCircuitBreaker gate,
            EventTypeRegistry eventTypes,
            JsonMapper json,
            Duration timeout,
            WorkerMetrics metrics) {
        this.sql = sql;
        this.inbox = inbox;
        this.conclusion = conclusion;
        this.gate = gate;
        this.eventTypes = eventTypes;
        this.json = json;
        this.timeout = timeout;
        this.metrics = metrics;
    }

    /** Runs an event that the broker delivered. Completes when the database stores its outcome; fails only when this part stops. */
    Future<Void> deliver(Worker worker, StoredEvent event) {
        return within(worker, event, 0, () -> begin(worker, event));
    }

    /** Runs an event that the retry poller claimed. */
    Future<Void> resume(Worker worker, StoredEvent event, int attempt) {
        return within(
                worker,
                event,
                attempt,
                () -> attempt(worker, event, attempt).recover(failure -> pause(worker, event, failure)));
    }

    /** Returns the attempts that run here. */
    List<InboxTable.RunningWork> running() {
        return running.entrySet().stream()
                .filter(entry -> entry.getValue().attempt() > 0)
                .map(entry -> new InboxTable.RunningWork(
                        entry.getKey().worker(),
                        entry.getKey().event(),
                        entry.getValue().attempt()))
                .toList();
    }

    /** Completes when nothing runs. */
    Future<Void> idle() {
        if (running.isEmpty()) {
            return Future.succeededFuture();
        }
        var promise = Promise.<Void>promise();
        idle = promise;
        return promise.future();
    }

    /*
     * A second delivery of a running event is redundant once the database has the event. Before that it may be the only message, because
     * the broker takes the first one back when its connection ends: it waits for the end of the first one.
     */
    private Future<Void> within(Worker worker, StoredEvent event, int attempt, WorkStep step) {
        var key = new RunKey(worker.name(), event.id());
        var first = running.get(key);
        if (first != null) {
            metrics.ended(worker.name(), "elsewhere");
            return first.attempt() > 0 ? Future.succeededFuture() : first.over();
        }
        var over = Promise.<Void>promise();
        running.put(key, new Run(attempt, over.future()));
        metrics.running(worker.name()).incrementAndGet();
        return step.take().onComplete(ended -> left(key)).onComplete(over);
    }

    private void left(RunKey key) {
        var former = running.remove(key);
        metrics.running(key.worker()).decrementAndGet();
        var waiting = idle;
        if (former != null && waiting != null && running.isEmpty()) {
            waiting.tryComplete();
        }
    }

    private Future<Void> begin(Worker worker, StoredEvent event) {
        return gate.opened()
                .compose(open -> inbox.begin(sql, worker.name(), event)
                        .compose(attempt -> attempt.map(number -> attempt(worker, event, number))
                                .orElseGet(() -> elsewhere(worker)))
                        .recover(failure -> pause(worker, event, failure)));
    }

    /* The event waits for a retry, runs on another node, or is finished: in each case the database has it. */
    private Future<Void> elsewhere(Worker worker) {
        metrics.ended(worker.name(), "elsewhere");
        return Future.succeededFuture();
    }

    /* Only the inbox's own statements fail up to here, so the database is unavailable; the worker did not fail. */
    private Future<Void> pause(Worker worker, StoredEvent event, Throwable failure) {
        gate.close(failure);
        return begin(worker, event);
    }

    private Future<Void> attempt(Worker worker, StoredEvent event, int attempt) {
        running.computeIfPresent(new RunKey(worker.name(), event.id()), (key, run) -> new Run(attempt, run.over()));
        if (conclusion.usedUp(attempt)) {
            return conclusion.giveUp(worker.name(), event, attempt);
        }
        var started = System.nanoTime();
        return work(worker, event, attempt)
                .onComplete(ended ->
                        metrics.duration(worker.name()).record(System.nanoTime() - started, TimeUnit.NANOSECONDS))
                .compose(
                        outcome -> conclusion.of(worker.name(), event, attempt, outcome),
                        failure -> conclusion.failed(worker.name(), event, attempt, failure));
    }

    private Future<WorkResult> work(Worker worker, StoredEvent event, int attempt) {
        return Future.succeededFuture(event)
                .map(envelope -> delivery(envelope, attempt))
                .compose(worker::work)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private EventDelivery delivery(StoredEvent stored, int attempt) {
        var event = eventTypes.present(stored);
        return new EventDelivery(
                event.id(), event.type(), event.subject(), event.time(), attempt, fact(event), event.data());
    }

    private @Nullable Event fact(StoredEvent event) {
        var shape = eventTypes.named(event.type()).map(EventType::shape).orElse(null);
        if (shape == null) {
            return null;
        }
        try {
            return json.readValue(event.data(), shape);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "data of " + event.type() + " cannot be read as " + shape.getSimpleName());
        }
    }

    @FunctionalInterface
    private interface WorkStep {
        Future<Void> take();
    }

    /** Ends an attempt whose event is not in the log. */
    Future<Void> missing(InboxTable.ClaimedWork due) {
        return conclusion.missing(due);
    }
}
