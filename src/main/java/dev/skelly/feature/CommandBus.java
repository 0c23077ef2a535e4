package dev.skelly.feature;

import dev.skelly.event.CommandContext;
import io.vertx.core.Future;

/**
 * Sends commands and queries to the persistence role, on this node if it runs here, otherwise on another.
 *
 * <p>A failed future holds a {@link Problem}: the feature's rejection, or 503 with a delay when the database is unavailable or too many
 * requests run. After a 503 a command may or may not have been executed. Callable from any context; the future completes on the caller's.
 */
public interface CommandBus {

    /** Executes {@code command} in its own transaction. */
    <R> Future<CommandResult<R>> send(Command<R> command, CommandContext cause);

    /** Executes {@code query}. */
    <R> Future<R> query(Query<R> query);
}
