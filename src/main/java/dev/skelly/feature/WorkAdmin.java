package dev.skelly.feature;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands work over again for the operator on the command line. Every request is recorded in the audit log as the operator's. */
public interface WorkAdmin {

    /**
     * Requests that the events that a worker has not taken are handed to the broker again. The leader of the relay does it within seconds,
     * or as soon as it runs. Events that the worker has taken are not handed over, so a repeated request has no further effect.
     *
     * @param worker name of the worker; null for every worker
     * @param from first position; null for the oldest that has not been taken. A lower one than that has no effect
     * @return one result for each worker, by name; fails with a {@link Problem} that has every fault of the parameters
     */
    Future<List<RedispatchRequest>> redispatch(@Nullable String worker, @Nullable Long from);

    /**
     * What is handed over again to one worker.
     *
     * @param from first position
     * @param upTo last position that was handed over before; less than {@code from} when there is nothing to hand over again
     * @param events number of events in between that the worker has not taken now
     */
    record RedispatchRequest(String worker, long from, long upTo, long events) {}
}
