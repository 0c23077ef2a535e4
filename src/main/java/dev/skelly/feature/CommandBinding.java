package dev.skelly.feature;

import dev.skelly.log.Tx;
import io.vertx.core.Future;

/**
 * Says what a command does.
 *
 * @param command the command's record
 * @param result the class of its answer, {@link Void} for none
 * @param function runs inside one transaction; a failed future rolls it back, a {@link Problem} travels to the caller as it is
 * @param <C> command
 * @param <R> answer
 */
public record CommandBinding<C extends Command<R>, R>(Class<C> command, Class<R> result, Function<C, R> function) {

    /** What a command does, inside the transaction it is handed. May run again from the start after a serialisation failure. */
    @FunctionalInterface
    public interface Function<C, R> {
        Future<R> apply(Tx tx, C command);
    }

    /** A shorter way to write the constructor in a room's table of contents. */
    public static <C extends Command<R>, R> CommandBinding<C, R> on(
            Class<C> command, Class<R> result, Function<C, R> function) {
        return new CommandBinding<>(command, result, function);
    }
}
