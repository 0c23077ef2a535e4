package dev.skelly.feature;

import io.vertx.core.Future;
import java.util.Set;

/** Hands events to a process manager. */
record ProcessWorker(BusinessProcess process) implements Worker {

    @Override
    public String name() {
        return process.name();
    }

    @Override
    public Set<String> types() {
        return process.types();
    }

    @Override
    public boolean commandsOnly() {
        return true;
    }

    @Override
    public boolean replayable() {
        return process.replayable();
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        return Future.succeededFuture(new WorkResult.Done(process.react(delivery)));
    }
}
