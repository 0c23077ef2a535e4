package dev.skelly.stream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets only a few readers of a node page through the log at once, first come first served: a thousand that return together must not
 * take the database from everybody else. Waiting readers are bounded by the number of sessions. Safe on any thread.
 */
final class ConcurrencyLimiter {

    private final Semaphore free;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    ConcurrencyLimiter(int slots) {
        this.free = new Semaphore(slots);
    }

    /** Reads as soon as there is a slot; read and answer happen on {@code context}. */
    <T> Future<T> run(Context context, Supplier<Future<T>> read) {
        var answer = Promise.<T>promise();
        waiting.add(() -> context.runOnContext(turn -> Future.succeededFuture()
                .compose(start -> read.get())
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
