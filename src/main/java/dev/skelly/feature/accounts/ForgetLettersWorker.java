package dev.skelly.feature.accounts;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import java.util.Set;

/** Removes the letters that are kept, where they are, when their receiver's account was erased. */
final class ForgetLettersWorker implements Worker {

    private final Correspondence correspondence;

    ForgetLettersWorker(Correspondence correspondence) {
        this.correspondence = correspondence;
    }

    @Override
    public String name() {
        return "forget-letters";
    }

    @Override
    public Set<String> types() {
        return Set.of("user.deleted");
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        return delivery.event() instanceof AccountEvent.Deleted deleted
                ? correspondence.forget(deleted.userId())
                : Future.succeededFuture(WorkResult.reject("not an erasure: " + delivery.type()));
    }
}
