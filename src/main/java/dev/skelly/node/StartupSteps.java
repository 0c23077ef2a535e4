package dev.skelly.node;

import dev.skelly.auth.EnsureSigningKey;
import dev.skelly.event.CommandContext;
import dev.skelly.features.settings.RecordSettings;
import io.vertx.core.Future;

/** What a node with the persistence role does with the database before it serves anybody. */
final class StartupSteps {

    private StartupSteps() {}

    /** Makes what is missing, repeats the erasures that an older backup has undone, and notes changed settings. */
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
