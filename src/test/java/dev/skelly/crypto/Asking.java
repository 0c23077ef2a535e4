package dev.skelly.crypto;

import dev.skelly.command.CommandExecutor;
import dev.skelly.event.CommandContext;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Query;
import io.vertx.core.Future;

/** Asks the database with nothing between, and never tells it anything. */
record Asking(CommandExecutor runner) implements CommandBus {

    @Override
    public <R> Future<CommandResult<R>> send(Command<R> command, CommandContext cause) {
        return Future.failedFuture("not asked for");
    }

    @Override
    public <R> Future<R> query(Query<R> query) {
        return runner.ask(query);
    }
}
