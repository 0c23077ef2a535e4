package dev.skelly.stream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Limits the number of readers of a node that page through the log at once, first come first served: a thousand readers that return
 * together must not block the database for other users. Waiting readers are bounded by the number of sessions. Safe on any thread.
 */
final class CatchUpLimiter {

    private final Semaphore free;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Runnable counter;

    CatchUpLimiter(int slots) {
        this(slots, () -> {});
    }

    /**
     * Creates a limiter without readers.
     *
     * @param counter called after each successful read
     */
    CatchUpLimiter(int slots, Runnable counter) {
        this.free = new Semaphore(slots);
        this.counter = counter;
    }

    /** Reads as soon as a slot is free; the read and its result run on {@code context}. */
    <T> Future<T> run(Context context, Supplier<Future<T>> read) {
        var answer = Promise.<T>promise();
        waiting.add(() -> context.runOnContext(turn -> Future.succeededFuture()
                .compose(start -> read.get())
                .onSuccess(done -> counter.run())
                .onComplete(result -> context.runOnContext(end -> {
                    release();
                    answer.handle(result);
                }))));
        startWaiting();
        return answer.future();
    }

    private void release() {
        free.release();
        startWaiting();
    }

    private void startWaiting() {
        while (!waiting.isEmpty() && free.tryAcquire()) {
            var next = waiting.poll();
            if (next == null) {
                free.release();
            } else {
                next.run();
            }
        }
    }
}
