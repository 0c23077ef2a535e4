package dev.skelly.testkit;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Query;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Sends to what is there when something is sent, for a feature that is made before the fixture that runs it. */
public record LaterCommands(Supplier<CommandBus> commands) implements CommandBus {

    @Override
    public <R> Future<CommandResult<R>> send(Command<R> command, CommandContext cause) {
        return commands.get().send(command, cause);
    }

    @Override
    public <R> Future<R> query(Query<R> query) {
        return commands.get().query(query);
    }
}
