package dev.skelly.feature;

import dev.skelly.eventlog.Tx;
import io.vertx.core.Future;
import java.util.function.Predicate;

/**
 * Says what a command does.
 *
 * @param name stable name of the form {@code feature.verb-object}, e.g. {@code accounts.log-in}; it is stored and travels between nodes,
 *     so it outlives the record's Java name
 * @param command the command's record
 * @param result the class of its answer, {@link Void} for none
 * @param function runs inside one transaction; a failed future rolls it back, a {@link Problem} travels to the caller as it is
 * @param single tells of a command that it writes by one statement and reads nothing: that statement is the transaction then
 * @param <C> command
 * @param <R> answer
 */
public record CommandHandler<C extends Command<R>, R>(
        String name, Class<C> command, Class<R> result, CommandFunction<C, R> function, Predicate<C> single) {

    /** What a command does, inside the transaction it is handed. May run again from the start after a serialisation failure. */
    @FunctionalInterface
    public interface CommandFunction<C, R> {
        Future<R> apply(Tx tx, C command);
    }

    /** A shorter way to write the constructor in a feature's table of contents. */
    public static <C extends Command<R>, R> CommandHandler<C, R> on(
            String name, Class<C> command, Class<R> result, CommandFunction<C, R> function) {
        return new CommandHandler<>(name, command, result, function, any -> false);
    }

    /** The same, where some commands are carried out by a single statement; they are spared the ways of beginning and committing. */
    public CommandHandler<C, R> single(Predicate<C> which) {
        return new CommandHandler<>(name, command, result, function, which);
    }
}
