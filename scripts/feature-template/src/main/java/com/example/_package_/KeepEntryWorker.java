package com.example._package_;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import java.util.Set;

/** Keeps each added entry, once. */
final class KeepEntryWorker implements Worker {

    @Override
    public String name() {
        return "keep-_name_";
    }

    @Override
    public Set<String> types() {
        return Set.of("_name_.added");
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        var added = (_Name_Event.Added) delivery.event();
        return Future.succeededFuture(WorkResult.done(new EntryProjection.KeepEntry(added.id(), added.text())));
    }
}
