package dev.skelly.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits, on a test's own thread, for a future; bounded. */
public final class Waiting {

    /** For how long a test waits for anything; generous, as only a failure reaches it. */
    public static final Duration LIMIT = Duration.ofMinutes(1);

    private Waiting() {}

    /** What the future gives; a failure is thrown as the cause of an assertion error. */
    @CanIgnoreReturnValue // many a test only wants it to have succeeded
    public static <T> T on(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the future failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the future did not complete within " + LIMIT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /**
     * Asks on an event loop. A chain that is made on the test's own thread may come to a response when its body has passed, and then waits for it
     * for ever.
     */
    public static <T> Future<T> onLoop(Vertx vertx, Supplier<Future<T>> question) {
        var answer = Promise.<T>promise();
        vertx.runOnContext(turn -> question.get().onComplete(answer));
        return answer.future();
    }

    /** What the future fails with. */
    public static Throwable failure(Future<?> future) {
        return on(future.<Throwable>transform(ended -> ended.succeeded()
                ? Future.failedFuture("succeeded with " + ended.result())
                : Future.succeededFuture(ended.cause())));
    }
}
