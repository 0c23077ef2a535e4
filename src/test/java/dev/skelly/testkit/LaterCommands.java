package dev.skelly.testkit;

import dev.skelly.event.CommandContext;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Query;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Sends commands to a bus that is chosen only when one is sent, for a feature that is created before its fixture. */
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
