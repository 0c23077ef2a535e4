package dev.skelly.worker;

import dev.skelly.event.StoredEvent;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;

/**
 * The messages of one worker that wait in memory. Starts groups of what is there: it never waits for more, but gathers what arrives while
 * groups run, and within one turn of the event loop. Confined to the engine's context.
 */
final class DeliveryQueue {

    private static final int GROUPS = 2; // While one commits, the next one works.

    private final Vertx vertx;
    private final Worker worker;
    private final GroupExecutor executor;
    private final int groupMax;
    private final WorkSlots slots;
    private final ArrayDeque<DeliveryGroup.Queued> waiting =
            new ArrayDeque<>(); // Confined to the engine's context, like the fields below.
    private int underway;
    private boolean scheduled;
    private boolean stopped;

    DeliveryQueue(Vertx vertx, Worker worker, GroupExecutor executor, WorkerConfig config) {
        this.vertx = vertx;
        this.worker = worker;
        this.executor = executor;
        this.groupMax = config.groupMax(worker);
        this.slots = new WorkSlots(config.concurrency(), this::start);
    }

    /**
     * Adds a delivered event.
     *
     * @return completes when the database stores the outcome of the event, or will see to it; fails only when this part stops
     */
    Future<Void> add(StoredEvent event, boolean redelivered) {
        var first = executor.underway(worker, event);
        if (first != null) {
            return first;
        }
        var stored = Promise.<Void>promise();
        executor.enter(worker, event, stored.future());
        waiting.add(new DeliveryGroup.Queued(event, redelivered, stored));
        if (!scheduled) {
            scheduled = true;
            vertx.runOnContext(turn -> {
                scheduled = false;
                start();
            });
        }
        return stored.future();
    }

    private void start() {
        while (!stopped && !waiting.isEmpty() && underway < (worker.ordered() ? 1 : GROUPS) && slots.anyFree()) {
            var taken = new ArrayList<DeliveryGroup.Queued>();
            while (!waiting.isEmpty() && taken.size() < groupMax) {
                taken.add(waiting.remove());
            }
            underway++;
            executor.run(worker, taken, slots).onComplete(ended -> {
                underway--;
                start();
            });
        }
    }

    /** Starts no more groups, and gives up what waits: the broker delivers it to another node. */
    void stop() {
        stopped = true;
        waiting.forEach(queued -> {
            executor.leave(worker, queued.event());
            queued.stored().tryFail("the work role stops");
        });
        waiting.clear();
    }
}
