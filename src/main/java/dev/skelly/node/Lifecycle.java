package dev.skelly.node;

import dev.skelly.config.StartException;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the started parts and stops them in reverse. A stop may come before the start, during it, or twice. A part that fails to stop does not
 * prevent the others from stopping.
 */
final class Lifecycle {

    private static final Logger LOGGER = LoggerFactory.getLogger(Lifecycle.class);

    private record Started(String name, Supplier<Future<?>> stop) {}

    private final Deque<Started> parts = new ArrayDeque<>(); // Guarded by this, as are the rest.
    private final List<Future<?>> starting = new ArrayList<>();
    private final long began = System.nanoTime();
    private @Nullable Future<Void> stopped;

    /** Returns the time since the start began. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /**
     * Registers the stop of a part when its start completes. A part whose start completes after a stop is stopped at once, and the returned
     * future fails.
     */
    <T> Future<T> add(String name, Future<T> start, Function<T, Future<?>> stop) {
        var kept = start.compose(
                part -> keep(new Started(name, () -> stop.apply(part))).map(part));
        return begun(kept).onComplete(ended -> over(kept));
    }

    /** Deploys a part and registers its undeployment. Fails after a stop. */
    <P extends Deployable> Future<P> deploy(Vertx vertx, String name, P part) {
        return stopping()
                ? toldToEnd()
                : add(name, vertx.deployVerticle(part), vertx::undeploy).map(part);
    }

    private static <T> Future<T> toldToEnd() {
        return Future.failedFuture(new StartException("told to end before everything was started"));
    }

    private synchronized boolean stopping() {
        return stopped != null;
    }

    private synchronized <T> Future<T> begun(Future<T> start) {
        if (!start.isComplete()) {
            starting.add(start);
        }
        return start;
    }

    private synchronized void over(Future<?> start) {
        starting.removeIf(begun -> begun == start);
    }

    private Future<Void> keep(Started part) {
        if (push(part)) {
            LOGGER.atDebug().addKeyValue("part", part.name()).log("started");
            return Future.succeededFuture();
        }
        return end(part).transform(ended -> toldToEnd());
    }

    private synchronized boolean push(Started part) {
        if (stopping()) {
            return false;
        }
        parts.push(part);
        return true;
    }

    /** Stops all parts in reverse order, after the start in progress completes. Never fails. */
    synchronized Future<Void> stop() {
        var before = stopped;
        if (before != null) {
            return before;
        }
        var asked = Promise.<Void>promise();
        stopped = asked.future();
        return Future.join(List.copyOf(starting))
                .transform(settled -> stopNext())
                .onComplete(asked);
    }

    private Future<Void> stopNext() {
        var part = pop();
        return part == null ? Future.succeededFuture() : end(part).transform(ended -> stopNext());
    }

    private static Future<?> end(Started part) {
        return Future.succeededFuture(part.stop())
                .compose(Supplier::get)
                .onFailure(failure -> LOGGER.atWarn()
                        .setCause(failure)
                        .addKeyValue("part", part.name())
                        .log("did not stop cleanly"));
    }

    private synchronized @Nullable Started pop() {
        return parts.poll();
    }
}
