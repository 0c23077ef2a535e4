package dev.skelly.features.events;

import dev.skelly.feature.Problem;
import dev.skelly.schema.ValidationBudget;
import dev.skelly.schema.ValidationTooLongException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Validates on the caller's thread, and again on one of a few others what takes too long for an event loop. Safe on any thread.
 */
final class LongValidation {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final WorkerExecutor threads;
    private final int underwayMax;
    private final AtomicInteger underway = new AtomicInteger();

    /**
     * Creates the threads, one for two processors. They start with the first long validation and end with {@code vertx}.
     *
     * @param waitingMax validations that wait for a thread
     */
    LongValidation(Vertx vertx, int waitingMax) {
        var atOnce = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.threads = vertx.createSharedWorkerExecutor("skelly-validation", atOnce);
        this.underwayMax = atOnce + waitingMax;
    }

    /**
     * Returns the result.
     *
     * @param validation is repeated from its start when its budget does not suffice; may throw a {@link Problem}
     * @return fails with 503 when too many wait
     */
    <T> Future<T> run(Function<ValidationBudget, T> validation) {
        try {
            return Future.succeededFuture(validation.apply(ValidationBudget.ofLoop()));
        } catch (ValidationTooLongException tooLong) {
            if (underway.incrementAndGet() > underwayMax) {
                underway.decrementAndGet();
                return Future.failedFuture(
                        Problem.unavailable("too many events take long to validate; try again", RETRY_AFTER));
            }
            return threads.executeBlocking(() -> validation.apply(ValidationBudget.ofRequest()), false)
                    .onComplete(ended -> underway.decrementAndGet());
        }
    }
}
