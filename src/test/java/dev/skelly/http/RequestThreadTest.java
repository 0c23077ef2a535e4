package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestThreadTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context request = vertx.getOrCreateContext();

    @AfterEach
    void stop() {
        Waiting.on(vertx.close());
    }

    @Test
    void bringsBackWhatEndsOnAnotherThread() {
        assertThat(threadAfter(elsewhere("done", null))).isEqualTo(threadAfter(Future.succeededFuture("done")));
    }

    @Test
    void bringsBackFailuresToo() {
        assertThat(threadAfter(elsewhere("", new IllegalStateException("no"))))
                .isEqualTo(threadAfter(Future.succeededFuture("done")));
    }

    private Future<String> elsewhere(String result, @Nullable Throwable failure) {
        var work = Promise.<String>promise();
        new Thread(() -> {
                    if (failure == null) {
                        work.complete(result);
                    } else {
                        work.fail(failure);
                    }
                })
                .start();
        return work.future();
    }

    private String threadAfter(Future<String> work) {
        var thread = Promise.<String>promise();
        request.runOnContext(turn -> RequestThread.back(work)
                .onComplete(ended -> thread.complete(Thread.currentThread().getName())));
        return Waiting.on(thread.future());
    }
}
