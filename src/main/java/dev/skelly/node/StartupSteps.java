package dev.skelly.node;

import dev.skelly.auth.EnsureSigningKey;
import dev.skelly.event.CommandContext;
import dev.skelly.features.settings.RecordSettings;
import io.vertx.core.Future;

/** Prepares the database on a node with the persistence role, before the node serves requests. */
final class StartupSteps {

    private StartupSteps() {}

    /** Creates the signing key and the administrator, repeats the erasures that a restored backup lost, and records changed settings. */
    static Future<Void> run(DatabaseServices here, NodeConfig config, Features.Services services) {
        var commands = services.commands();
        var ids = services.platform().ids();
        return commands.send(new EnsureSigningKey(), CommandContext.fresh(ids.get()))
                .compose(made -> here.tokens().check())
                .compose(done -> new AdministratorSetup(config, services).make())
                .compose(done -> here.erased())
                .compose(erased -> Features.eraseAgain(services, erased))
                .compose(done ->
                        commands.send(new RecordSettings(config.shared()), CommandContext.byOperator(ids.get())))
                .mapEmpty();
    }
}
