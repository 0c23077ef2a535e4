package dev.skelly.auth;

import dev.skelly.feature.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Runs Argon2id on threads of its own, for clients in the order of {@link FairQueue}. Runs at once and waiting ones are bounded. Safe on any context. */
final class HashingLane {

    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final WorkerExecutor threads;
    private final int atOnce;
    private final FairQueue<HashingRun<?>> waiting; // Guarded by this, like the next field.
    private int underway;

    private record HashingRun<T>(Callable<T> work, Context context, Promise<T> result) {

        private void refuse() {
            context.runOnContext(
                    turn -> result.fail(Problem.unavailable("too many passwords are being checked; try again", BUSY)));
        }
    }

    /**
     * Creates a lane. Its threads start with the first run and end with {@code vertx}.
     *
     * @param name of the threads
     */
    HashingLane(Vertx vertx, String name, int atOnce, int waitingMax) {
        this.vertx = vertx;
        this.threads = vertx.createSharedWorkerExecutor(name, atOnce);
        this.atOnce = atOnce;
        this.waiting = new FairQueue<>(waitingMax);
    }

    /**
     * Runs as soon as it is the client's turn.
     *
     * @param address of the client
     * @return completes on the caller's context; fails with {@link Problem} 503 when too many wait
     */
    <T> Future<T> run(String address, Callable<T> work) {
        var run = new HashingRun<>(work, vertx.getOrCreateContext(), Promise.<T>promise());
        if (mayStart(address, run)) {
            start(run);
        }
        return run.result().future();
    }

    private synchronized boolean mayStart(String address, HashingRun<?> run) {
        if (underway >= atOnce) {
            waiting.add(address, run).ifPresent(HashingRun::refuse);
            return false;
        }
        underway++;
        waiting.served(address);
        return true;
    }

    private <T> void start(HashingRun<T> run) {
        threads.executeBlocking(run.work(), false).onComplete(ended -> {
            startNext();
            run.context().runOnContext(turn -> run.result().handle(ended));
        });
    }

    private void startNext() {
        HashingRun<?> next;
        synchronized (this) {
            next = waiting.next();
            if (next == null) {
                underway--;
                return;
            }
        }
        start(next);
    }
}
