package dev.skelly.worker;

import dev.skelly.event.CommandContext;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.NewEvent;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Notifies emitters how the work on their events ended, for types that declare it: {@code event.processed} when all interested workers are
 * done, {@code event.failed} for each worker that gave up. Written in the transaction of the last worker's effect, so each notification is
 * written once.
 */
public final class EmitterNotifications {

    private final Supplier<EventTypeRegistry> eventTypes;
    private final Supplier<List<Worker>> workers;

    /** Uses this process's types and workers; both are read only after the start. */
    public EmitterNotifications(Supplier<EventTypeRegistry> eventTypes, Supplier<List<Worker>> workers) {
        this.eventTypes = eventTypes;
        this.workers = workers;
    }

    /**
     * Records, in the transaction that appends an event, that its emitter expects a notification, if there is an emitter and the type
     * declares it.
     */
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

    /** Returns whether emitters of this type are notified of the outcome. */
    public static boolean promised(EventType type) {
        var emission = type.emission();
        return emission != null && emission.outcome();
    }

    private boolean promised(String type) {
        return eventTypes.get().named(type).map(EmitterNotifications::promised).orElse(false);
    }

    /** Records, in the transaction of a worker's effects, that the worker is done with these events. */
    Future<Void> done(Tx tx, Collection<StoredEvent> events, String worker) {
        var awaited = events.stream()
                .filter(event -> promised(event.type()))
                .collect(Collectors.toMap(StoredEvent::id, Function.identity()));
        if (awaited.isEmpty()) {
            return Future.succeededFuture();
        }
        return PendingWorkTable.done(tx.sql(), awaited.keySet(), worker).compose(finished -> {
            Future<Void> told = Future.succeededFuture();
            for (var each : finished) {
                var event = awaited.get(each.event());
                if (event != null) {
                    told = told.compose(next -> tx.causedBy(CommandContext.of(event))
                            .append(new ProcessingEvent.Processed(each.event(), each.type(), each.emitter())));
                }
            }
            return told;
        });
    }

    /**
     * Records, in the transaction that creates a dead letter, that the worker gave up. The event stays pending for this worker, because an
     * administrator may retry it.
     */
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
