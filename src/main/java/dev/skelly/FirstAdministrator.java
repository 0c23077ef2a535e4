package dev.skelly;

import dev.skelly.feature.Problem;
import io.vertx.core.Future;

/** The administrator whom the settings name: made at the first start, left alone at every other. */
final class FirstAdministrator {

    private static final String THERE_ALREADY = "email-taken";

    private final NodeSettings.Administrator settings;
    private final Rooms.Services services;

    FirstAdministrator(NodeSettings.Administrator settings, Rooms.Services services) {
        this.settings = settings;
        this.services = services;
    }

    Future<Void> make() {
        if (settings.email().isEmpty()) {
            return Future.succeededFuture();
        }
        return Rooms.createUser(services, settings.email(), settings.password().value(), true)
                .<Void>mapEmpty()
                .recover(failure ->
                        failure instanceof Problem problem && problem.code().equals(THERE_ALREADY)
                                ? Future.succeededFuture()
                                : Future.failedFuture(failure));
    }
}
