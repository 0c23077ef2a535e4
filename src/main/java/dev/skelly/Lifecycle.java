package dev.skelly;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has started, so that it can be stopped in reverse. A stop tolerates "never started" and "twice"; a part that fails to stop does
 * not keep the others from stopping.
 */
final class Lifecycle {

    private static final Logger LOGGER = LoggerFactory.getLogger(Lifecycle.class);

    private record Started(String name, Supplier<Future<?>> stop) {}

    private final Deque<Started> parts = new ArrayDeque<>(); // Guarded by this.

    /** Remembers how to stop what {@code start} brings up, once it is up. */
    <T> Future<T> add(String name, Future<T> start, Function<T, Future<?>> stop) {
        return start.onSuccess(part -> push(new Started(name, () -> stop.apply(part))))
                .onSuccess(part -> LOGGER.atDebug().addKeyValue("part", name).log("started"));
    }

    private synchronized void push(Started part) {
        parts.push(part);
    }

    /** Stops everything in reverse order; never fails. */
    Future<Void> stop() {
        var part = pop();
        if (part == null) {
            return Future.succeededFuture();
        }
        return Future.succeededFuture(part.stop())
                .compose(Supplier::get)
                .onFailure(failure -> LOGGER.atWarn()
                        .setCause(failure)
                        .addKeyValue("part", part.name())
                        .log("did not stop cleanly"))
                .transform(ended -> stop());
    }

    private synchronized @Nullable Started pop() {
        return parts.poll();
    }
}
