package dev.skelly.worker;

import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.eventlog.NewEvent;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Tells emitters how the work on their events ended, for types that promise it: {@code event.processed} when all interested workers are
 * done, {@code event.failed} for each that gave up. Written in the transaction of the last worker's effect, so it is said once.
 */
public final class EmitterNotifications {

    private final Supplier<EventTypeRegistry> catalogue;
    private final Supplier<List<Worker>> workers;

    /** Of this process's types and workers; both are asked only after the start. */
    public EmitterNotifications(Supplier<EventTypeRegistry> catalogue, Supplier<List<Worker>> workers) {
        this.catalogue = catalogue;
        this.workers = workers;
    }

    /** In the transaction that appends an event: its emitter, if it has one and the type promises it, will hear. */
    public Future<Void> expect(Tx tx, NewEvent draft) {
        var emitter = draft.cause().actor();
        if (emitter == null || !promised(draft.type())) {
            return Future.succeededFuture();
        }
        var type = draft.type().name();
        var interested = workers.get().stream()
                .filter(worker -> worker.reactsTo(type))
                .map(Worker::name)
                .toList();
        return interested.isEmpty()
                ? tx.append(new ProcessingEvent.Processed(draft.id(), type, emitter))
                : PendingWorkTable.insert(
                        tx.sql(), new PendingWorkTable.WaitingEmitter(draft.id(), type, emitter, interested));
    }

    /** Whether emitters of this type hear of the outcome. */
    public static boolean promised(EventType type) {
        var emission = type.emission();
        return emission != null && emission.outcome();
    }

    private boolean promised(String type) {
        return catalogue.get().named(type).map(EmitterNotifications::promised).orElse(false);
    }

    /** In the transaction of a worker's effect. */
    Future<Void> done(Tx tx, UUID event, String type, String worker) {
        if (!promised(type)) {
            return Future.succeededFuture();
        }
        return PendingWorkTable.done(tx.sql(), event, worker)
                .compose(found -> found.filter(waiting -> waiting.workers().isEmpty())
                        .map(waiting -> processed(tx, waiting))
                        .orElseGet(Future::succeededFuture));
    }

    private static Future<Void> processed(Tx tx, PendingWorkTable.WaitingEmitter waiting) {
        return PendingWorkTable.delete(tx.sql(), waiting.event())
                .compose(gone ->
                        tx.append(new ProcessingEvent.Processed(waiting.event(), waiting.type(), waiting.emitter())));
    }

    /** In the transaction that makes a dead letter; the worker is waited for still, because it may be told to try again. */
    Future<Void> dead(Tx tx, UUID event, String type, String worker) {
        if (!promised(type)) {
            return Future.succeededFuture();
        }
        return PendingWorkTable.find(tx.sql(), event)
                .compose(found -> found.map(waiting ->
                                tx.append(new ProcessingEvent.Failed(event, waiting.type(), waiting.emitter(), worker)))
                        .orElseGet(Future::succeededFuture));
    }
}
