package dev.skelly.features.accounts.mail;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.features.accounts.AccountEvent;
import io.vertx.core.Future;
import java.util.Set;

/** Deletes the stored mails of an erased account, where mails are stored. */
public final class DeleteMailsWorker implements Worker {

    private final AccountMailer correspondence;

    public DeleteMailsWorker(AccountMailer correspondence) {
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
