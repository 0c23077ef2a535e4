package dev.skelly.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Event;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.ReplayMark;
import dev.skelly.event.StoredEvent;
import dev.skelly.feature.BatchWorker;
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
import java.util.function.Supplier;
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
    private final Supplier<EventTypeRegistry> eventTypes;
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
            Supplier<EventTypeRegistry> eventTypes,
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

    /** Returns the end of an event's run on this node, as far as its message is concerned; null when it does not run here. */
    @Nullable
    Future<Void> underway(Worker worker, UUID event) {
        var first = running.get(new RunKey(worker.name(), event));
        if (first == null) {
            return null;
        }
        metrics.ended(worker.name(), "elsewhere");
        return first.attempt() > 0 ? Future.succeededFuture() : first.over();
    }

    /**
     * Records that an event runs on this node.
     *
     * @param attempt 0 until the database has the event in the inbox
     * @param over completes when the database stores the outcome
     */
    void enter(Worker worker, UUID event, int attempt, Future<Void> over) {
        if (running.put(new RunKey(worker.name(), event), new Run(attempt, over)) == null) {
            metrics.running(worker.name()).incrementAndGet();
        }
    }

    /** Records that an event does not run on this node any more. */
    void leave(Worker worker, UUID event) {
        if (running.remove(new RunKey(worker.name(), event)) != null) {
            metrics.running(worker.name()).decrementAndGet();
        }
        var waiting = idle;
        if (waiting != null && running.isEmpty()) {
            waiting.tryComplete();
        }
    }

    /** Runs an event that the retry poller claimed. */
    Future<Void> resume(Worker worker, StoredEvent event, int attempt) {
        if (running.containsKey(new RunKey(worker.name(), event.id()))) {
            metrics.ended(worker.name(), "elsewhere");
            return Future.succeededFuture();
        }
        var over = Promise.<Void>promise();
        enter(worker, event.id(), attempt, over.future());
        return attempt(worker, event, attempt)
                .recover(failure -> pause(worker, event, failure))
                .onComplete(ended -> leave(worker, event.id()))
                .onComplete(over);
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

    /** Begins an event that was delivered. Completes when the database stores its outcome; fails only when this part stops. */
    Future<Void> begin(Worker worker, StoredEvent event) {
        return gate.opened()
                .compose(open -> inbox.begin(sql, worker.name(), event)
                        .timeout(CompletionHandler.DATABASE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                        .compose(attempt -> attempt.map(number -> attempt(worker, event, number))
                                .orElseGet(() -> elsewhere(worker)))
                        .recover(failure -> pause(worker, event, failure)));
    }

    /* The event waits for a retry, runs on another node, or is finished: in each case the database has it. */
    private Future<Void> elsewhere(Worker worker) {
        metrics.ended(worker.name(), "elsewhere");
        return Future.succeededFuture();
    }

    /**
     * Waits for the database and begins again. Only the inbox's own statements fail up to here, so the database is unavailable; the worker did
     * not fail.
     */
    Future<Void> pause(Worker worker, StoredEvent event, Throwable failure) {
        gate.close(failure);
        return begin(worker, event);
    }

    /** Makes an attempt that the inbox has recorded. Fails only when the database does not store its outcome. */
    Future<Void> attempt(Worker worker, StoredEvent event, int attempt) {
        running.computeIfPresent(new RunKey(worker.name(), event.id()), (key, run) -> new Run(attempt, run.over()));
        if (conclusion.usedUp(attempt)) {
            return conclusion.giveUp(worker.name(), event, attempt);
        }
        return work(worker, event, attempt)
                .compose(
                        outcome -> conclusion.of(worker, event, attempt, outcome),
                        failure -> conclusion.failed(worker, event, attempt, failure));
    }

    /** Calls the worker. Fails when it fails, or does not end in time. */
    Future<WorkResult> work(Worker worker, StoredEvent event, int attempt) {
        return timed(
                worker,
                () -> Future.succeededFuture(event)
                        .compose(envelope -> skips(worker, envelope)
                                ? Future.succeededFuture(WorkResult.done())
                                : worker.work(delivery(envelope, attempt))));
    }

    private static boolean skips(Worker worker, StoredEvent event) {
        return !worker.replayable() && ReplayMark.on(event.correlation());
    }

    /**
     * Calls the worker for the first attempts of many events. Fails when it fails, does not end in time, misses a result, or skips an event that a
     * replay caused.
     */
    Future<List<WorkResult>> workAll(BatchWorker worker, List<StoredEvent> events) {
        if (events.stream().anyMatch(event -> skips(worker, event))) {
            return Future.failedFuture("an event of a replay is among them; each is handled by itself");
        }
        return timed(
                        worker,
                        () -> Future.succeededFuture(events)
                                .map(all -> all.stream()
                                        .map(event -> delivery(event, 1))
                                        .toList())
                                .compose(worker::workAll))
                .compose(results -> results.size() == events.size()
                        ? Future.succeededFuture(results)
                        : Future.failedFuture(new IllegalStateException(
                                results.size() + " results (expected: " + events.size() + ")")));
    }

    private <T> Future<T> timed(Worker worker, Supplier<Future<T>> work) {
        var started = System.nanoTime();
        return work.get()
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(ended ->
                        metrics.duration(worker.name()).record(System.nanoTime() - started, TimeUnit.NANOSECONDS));
    }

    private EventDelivery delivery(StoredEvent stored, int attempt) {
        var types = eventTypes.get();
        var event = types.present(stored);
        return new EventDelivery(
                event.id(),
                event.type(),
                event.subject(),
                event.time(),
                attempt,
                fact(types, event),
                event.data(),
                event.actor());
    }

    private @Nullable Event fact(EventTypeRegistry types, StoredEvent event) {
        var shape = types.named(event.type()).map(EventType::shape).orElse(null);
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

    /** Ends an attempt whose event is not in the log. */
    Future<Void> missing(InboxTable.ClaimedWork due) {
        return conclusion.missing(due);
    }
}
