package dev.skelly.planted.work;

import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;

/** Breaks: nothing blocks. */
final class Sleeper {

    private Sleeper() {}

    static void sleep() throws InterruptedException {
        Thread.sleep(1);
    }

    static String join(CompletableFuture<String> future) {
        return future.join();
    }

    static String await(Future<String> future) {
        return future.await();
    }
}
