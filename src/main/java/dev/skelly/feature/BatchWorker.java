package dev.skelly.feature;

import io.vertx.core.Future;
import java.util.List;

/** A worker that handles the events that wait at the same time by one call. */
public interface BatchWorker extends Worker {

    /**
     * Handles events.
     *
     * @param deliveries at least one, in the order of the log, no event twice
     * @return one result for each delivery, in their order. A failed future, an exception, another number of results or a timeout says
     *     nothing of single events: each is then handled by {@link #work}
     */
    Future<List<WorkResult>> workAll(List<EventDelivery> deliveries);
}
