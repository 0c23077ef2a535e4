package dev.skelly.worker;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import java.util.Set;
import java.util.function.Function;

/** A worker on lamps that were lit, with these promises. */
record FlaggedWorker(boolean commandsOnly, boolean ordered, Function<EventDelivery, Future<WorkResult>> body)
        implements Worker {

    @Override
    public String name() {
        return WorkerFixture.WORKER;
    }

    @Override
    public Set<String> types() {
        return Set.of("lamp.lit");
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        return body.apply(delivery);
    }
}
