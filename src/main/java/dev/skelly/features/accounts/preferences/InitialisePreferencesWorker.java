package dev.skelly.features.accounts.preferences;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.features.accounts.AccountEvent;
import io.vertx.core.Future;
import java.util.Set;

/** Gives each new account its first preferences. */
public final class InitialisePreferencesWorker implements Worker {

    @Override
    public String name() {
        return "initialise-preferences";
    }

    @Override
    public Set<String> types() {
        return Set.of("user.registered");
    }

    @Override
    public boolean commandsOnly() {
        return true;
    }

    /* Preferences that are there stay as they are. */
    @Override
    public boolean replayable() {
        return true;
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        return Future.succeededFuture(
                delivery.event() instanceof AccountEvent.Registered registered
                        ? WorkResult.done(new InitialisePreferences(registered.userId()))
                        : WorkResult.reject("not a registration: " + delivery.type()));
    }
}
