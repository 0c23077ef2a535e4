package dev.skelly.planted.worker;

import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Breaks: nothing blocks. */
final class Sleeper {

    private Sleeper() {}

    static void nap() throws InterruptedException {
        Thread.sleep(1);
    }

    static void napSeconds() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
    }

    static void rest() {
        LockSupport.parkNanos(1);
    }

    static void restUntil() {
        LockSupport.parkUntil(1);
    }

    static String join(CompletableFuture<String> future) {
        return future.join();
    }

    static String await(Future<String> future) {
        return future.await();
    }
}
