package dev.skelly.feature;

import dev.skelly.event.CommandContext;
import io.vertx.core.Future;

/**
 * Hands commands and queries to the persistence role, on this node where it runs here, else on another.
 *
 * <p>A failed future holds a {@link Problem}: the refusal of the feature, or 503 with a delay when the database is away or too much is
 * under way. After a 503 a command may or may not have been carried out. Callable from any context; the future completes on the
 * caller's.
 */
public interface CommandBus {

    /** Carries out {@code command} in one transaction of its own. */
    <R> Future<CommandResult<R>> send(Command<R> command, CommandContext cause);

    /** Answers {@code query}. */
    <R> Future<R> query(Query<R> query);
}
