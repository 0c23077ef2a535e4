package dev.skelly;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
final class RunningParts {

    private static final Logger LOGGER = LoggerFactory.getLogger(RunningParts.class);

    private record Started(String name, Supplier<Future<?>> stop) {}

    private final Deque<Started> parts = new ArrayDeque<>(); // Guarded by this.

    /** Remembers how to stop what {@code start} brings up, once it is up. */
    <T> Future<T> add(String name, Future<T> start, Function<T, Future<?>> stop) {
        return start.onSuccess(part -> push(new Started(name, () -> stop.apply(part))))
                .onSuccess(part -> LOGGER.atDebug().addKeyValue("part", name).log("started"));
    }

    /** Deploys a part, once one before it is up, and remembers to undeploy it. */
    <P extends Deployable> Future<P> deploy(Vertx vertx, String name, P part) {
        var deployed = vertx.deployVerticle(part);
        return add(name, deployed, vertx::undeploy).map(part);
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
