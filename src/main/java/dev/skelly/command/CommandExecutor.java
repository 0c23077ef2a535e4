package dev.skelly.command;

import dev.skelly.event.CommandContext;
import dev.skelly.event.IdempotencyScope;
import dev.skelly.event.Json;
import dev.skelly.eventlog.CommitResult;
import dev.skelly.eventlog.EventLog;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandHandler;
import dev.skelly.feature.Query;
import dev.skelly.feature.QueryHandler;
import dev.skelly.idempotency.IdempotentExecution;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;

/** Executes commands and queries on a node that holds database connections. Safe on any context. */
public final class CommandExecutor {

    private final CommandRegistry bindings;
    private final EventLog log;
    private final SqlClient sql;
    private final IdempotentExecution effects = new IdempotentExecution(Json.mapper());

    /**
     * Creates an executor of the registered functions.
     *
     * @param sql reads for queries
     */
    public CommandExecutor(CommandRegistry bindings, EventLog log, SqlClient sql) {
        this.bindings = bindings;
        this.log = log;
        this.sql = sql;
    }

    /** The log that the effects of commands are appended to. */
    public EventLog log() {
        return log;
    }

    /** Executes a command inside an open transaction. */
    public <R> Future<R> run(Tx tx, Command<R> command) {
        return binding(command).function().apply(tx, command);
    }

    /**
     * A command and its context.
     *
     * @param cause context of the events that the command appends
     */
    public record CausedCommand(Command<?> command, CommandContext cause) {}

    /**
     * Executes the commands of many causes inside an open transaction: those that have a function for many at once, the others one after
     * another, after the rows that they share are locked.
     */
    public Future<Void> runAll(Tx tx, List<CausedCommand> commands) {
        var together = new LinkedHashMap<Class<?>, List<Command<?>>>();
        var last = new HashMap<Class<?>, CommandContext>();
        var executed = lock(tx, commands);
        for (var each : commands) {
            var type = each.command().getClass();
            if (bindings.command(type).many() != null) {
                together.computeIfAbsent(type, any -> new ArrayList<>()).add(each.command());
                last.put(type, each.cause());
            } else {
                executed = executed.compose(
                        done -> run(tx.causedBy(each.cause()), each.command()).mapEmpty());
            }
        }
        for (var same : together.entrySet()) {
            executed = executed.compose(done -> many(same.getKey())
                    .apply(tx.causedBy(last.getOrDefault(same.getKey(), tx.cause())), same.getValue()));
        }
        return executed;
    }

    private Future<Void> lock(Tx tx, List<CausedCommand> commands) {
        var byType = new LinkedHashMap<Class<?>, List<Command<?>>>();
        for (var each : commands) {
            var type = each.command().getClass();
            if (bindings.command(type).locks() != null) {
                byType.computeIfAbsent(type, any -> new ArrayList<>()).add(each.command());
            }
        }
        Future<Void> locked = Future.succeededFuture();
        for (var same : byType.entrySet()) {
            locked = locked.compose(done -> locks(same.getKey()).apply(tx, same.getValue()));
        }
        return locked;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // as for many
    private CommandHandler.LockFunction<Command<?>> locks(Class<?> type) {
        return (CommandHandler.LockFunction<Command<?>>)
                (CommandHandler.LockFunction<?>) bindings.command(type).locks();
    }

    @SuppressWarnings({"unchecked", "NullAway"
    }) // a binding's command and function were checked at construction; many is not null here
    private CommandHandler.ManyFunction<Command<?>> many(Class<?> type) {
        return (CommandHandler.ManyFunction<Command<?>>)
                (CommandHandler.ManyFunction<?>) bindings.command(type).many();
    }

    /** Executes a command in its own transaction. Under an idempotency key it runs once, and repetitions return the first result. */
    public <R> Future<CommitResult<R>> transact(Command<R> command, CommandContext cause) {
        var once = cause.once();
        if (once != null) {
            return transact(command, cause, once);
        }
        return binding(command).single().test(command)
                ? log.single(cause, tx -> run(tx, command))
                : log.transact(cause, tx -> run(tx, command));
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the binding's result class is the command's R; null represents Void
    private <R> Future<CommitResult<R>> transact(Command<R> command, CommandContext cause, IdempotencyScope once) {
        var result = (Class<R>) bindings.command(command.getClass()).result();
        return log.transact(
                        cause,
                        tx -> effects.run(
                                tx, once, bindings.commandName(command.getClass()), result, () -> run(tx, command)))
                .map(committed -> new CommitResult<>(
                        committed.value().value(), committed.value().lastWrite()));
    }

    /** Executes a query. */
    public <R> Future<R> ask(Query<R> query) {
        return function(query).apply(sql, query);
    }

    @SuppressWarnings(
            "unchecked") // a binding's command, result and function were checked against each other at construction
    private <R> CommandHandler<Command<R>, R> binding(Command<R> command) {
        return (CommandHandler<Command<R>, R>) bindings.command(command.getClass());
    }

    @SuppressWarnings("unchecked") // likewise
    private <R> QueryHandler.QueryFunction<Query<R>, R> function(Query<R> query) {
        return (QueryHandler.QueryFunction<Query<R>, R>)
                bindings.query(query.getClass()).function();
    }
}
