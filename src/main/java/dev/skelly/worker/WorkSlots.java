package dev.skelly.worker;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/** Limits how many runs of one worker are under way at once on this node; further ones wait. Confined to one context. */
final class WorkSlots {

    private final ArrayDeque<Runnable> waiting =
            new ArrayDeque<>(); // Confined to the owner's context, like the fields below.
    private final Runnable freed;
    private int free;

    /**
     * Creates free slots.
     *
     * @param freed called when a slot is free and nothing waits for it
     */
    WorkSlots(int count, Runnable freed) {
        this.free = count;
        this.freed = freed;
    }

    boolean anyFree() {
        return free > 0;
    }

    /** Runs {@code work} when a slot is free, and keeps the slot until its future completes. */
    <T> Future<T> run(Supplier<Future<T>> work) {
        var promise = Promise.<T>promise();
        Runnable start = () -> {
            free--;
            work.get().onComplete(promise).onComplete(ended -> next());
        };
        if (free > 0) {
            start.run();
        } else {
            waiting.add(start);
        }
        return promise.future();
    }

    private void next() {
        free++;
        var first = waiting.poll();
        if (first == null) {
            freed.run();
        } else {
            first.run();
        }
    }
}
