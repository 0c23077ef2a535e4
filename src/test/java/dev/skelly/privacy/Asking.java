package dev.skelly.privacy;

import dev.skelly.event.Cause;
import dev.skelly.feature.Command;
import dev.skelly.feature.Commands;
import dev.skelly.feature.Done;
import dev.skelly.feature.Query;
import dev.skelly.persistence.CommandRunner;
import io.vertx.core.Future;

/** Asks the database with nothing between, and never tells it anything. */
record Asking(CommandRunner runner) implements Commands {

    @Override
    public <R> Future<Done<R>> send(Command<R> command, Cause cause) {
        return Future.failedFuture("not asked for");
    }

    @Override
    public <R> Future<R> ask(Query<R> query) {
        return runner.ask(query);
    }
}
