package dev.skelly.cli;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Blocks the main thread until a future completes. */
final class Await {

    private Await() {}

    /**
     * Waits for completion and returns the result.
     *
     * @throws IllegalStateException with the cause when the future failed with a checked exception; otherwise its own failure
     */
    static <T> T of(Future<T> future) throws InterruptedException {
        var ended = new CountDownLatch(1);
        var watched = future.onComplete(result -> ended.countDown());
        ended.await();
        if (watched.succeeded()) {
            return watched.result();
        }
        if (watched.cause() instanceof RuntimeException failure) {
            throw failure;
        }
        throw new IllegalStateException("it failed", watched.cause());
    }

    /** Waits for completion, successful or not; returns false when {@code limit} passed before. */
    static boolean forEnd(Future<?> future, Duration limit) throws InterruptedException {
        var ended = new CountDownLatch(1);
        var watched = future.onComplete(result -> ended.countDown());
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS) && watched.isComplete();
    }
}
