package dev.skelly.feature;

import dev.skelly.eventlog.Tx;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Binds a command to the function that executes it.
 *
 * @param name stable name of the form {@code feature.verb-object}, e.g. {@code accounts.log-in}; it is stored and travels between nodes, so
 *     it outlives the record's Java name
 * @param command the command's record
 * @param result the class of its result, {@link Void} for none
 * @param function runs inside one transaction; a failed future rolls it back, a {@link Problem} reaches the caller unchanged
 * @param single selects the commands that write by one statement and read nothing: that statement is then the transaction
 * @param many executes many commands at once; null when each is executed by itself
 * @param locks locks the rows that many commands share, before the first of them is executed; null when they share none
 * @param <C> command
 * @param <R> result
 */
public record CommandHandler<C extends Command<R>, R>(
        String name,
        Class<C> command,
        Class<R> result,
        CommandFunction<C, R> function,
        Predicate<C> single,
        @Nullable ManyFunction<C> many,
        @Nullable LockFunction<C> locks) {

    /** Executes a command inside the given transaction. May run again from the start after a serialisation failure. */
    @FunctionalInterface
    public interface CommandFunction<C, R> {
        Future<R> apply(Tx tx, C command);
    }

    /**
     * Executes many commands inside one transaction, with the effect of executing each by itself, in any order. Rows that they share are
     * changed once, and rows are locked in an order of their keys: two groups that lock rows in different orders deadlock. Events that it
     * appends name the cause of the last command.
     */
    @FunctionalInterface
    public interface ManyFunction<C> {
        /** A failed future rolls the transaction back; then each command is executed by itself. */
        Future<Void> apply(Tx tx, List<C> commands);
    }

    /**
     * Locks the rows that commands of one transaction share, all of them in an order of their keys. Each command still locks what it reads: this only
     * decides the order, because transactions that lock the same rows in different orders deadlock.
     */
    @FunctionalInterface
    public interface LockFunction<C> {
        /** A failed future rolls the transaction back. */
        Future<Void> apply(Tx tx, List<C> commands);
    }

    /** Creates a handler; shorter than the constructor in a feature's list. */
    public static <C extends Command<R>, R> CommandHandler<C, R> on(
            String name, Class<C> command, Class<R> result, CommandFunction<C, R> function) {
        return new CommandHandler<>(name, command, result, function, any -> false, null, null);
    }

    /** Returns this handler such that the selected commands run as a single statement, without the round trips for begin and commit. */
    public CommandHandler<C, R> single(Predicate<C> which) {
        return new CommandHandler<>(name, command, result, function, which, many, locks);
    }

    /** Returns this handler such that the commands of a worker's group are executed at once. */
    public CommandHandler<C, R> many(ManyFunction<C> together) {
        return new CommandHandler<>(name, command, result, function, single, together, locks);
    }

    /** Returns this handler such that rows are locked before the commands of a worker's group are executed one after another. */
    public CommandHandler<C, R> locking(LockFunction<C> first) {
        return new CommandHandler<>(name, command, result, function, single, many, first);
    }
}
