package dev.skelly.feature.accounts;

import dev.skelly.feature.Delivery;
import dev.skelly.feature.Outcome;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import java.util.Set;

/** Gives every new account its first preferences. */
final class InitialisePreferencesWorker implements Worker {

    @Override
    public String name() {
        return "initialise-preferences";
    }

    @Override
    public Set<String> types() {
        return Set.of("user.registered");
    }

    @Override
    public Future<Outcome> work(Delivery delivery) {
        return Future.succeededFuture(
                delivery.event() instanceof AccountEvent.Registered registered
                        ? Outcome.done(new InitialisePreferences(registered.userId()))
                        : Outcome.refused("not a registration: " + delivery.type()));
    }
}
