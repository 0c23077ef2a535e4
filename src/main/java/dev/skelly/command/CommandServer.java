package dev.skelly.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.bus.MessageBus;
import dev.skelly.event.CommandContext;
import dev.skelly.eventlog.CommitResult;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.feature.Command;
import dev.skelly.feature.Query;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the persistence role: executes commands and queries from this node by reference and from other nodes as JSON. */
public final class CommandServer implements Deployable {

    static final String LOCAL = "skelly.persistence.local";
    static final String WIRE = "skelly.persistence";

    private static final Logger LOGGER = LoggerFactory.getLogger(CommandServer.class);
    private static final int RUNS_MAX = 3;

    private final MessageBus bus;
    private final CommandRegistry bindings;
    private final CommandExecutor runner;
    private final Supplier<CursorCodec> cursors;
    private final JsonMapper json;
    private final Supplier<UUID> ids;
    private final int underwayMax;
    private final AtomicInteger underway;
    private final List<MessageConsumer<?>> consumers = new ArrayList<>(); // Confined to the deployment's context.

    /**
     * Creates one instance; the instances of all event loops may share every argument.
     *
     * @param cursors returns the codec of the log as it is now
     * @param underwayMax maximum number of concurrent requests
     * @param underway number of running requests, shared by all instances of the node
     */
    public CommandServer(
            MessageBus bus,
            CommandRegistry bindings,
            CommandExecutor runner,
            Supplier<CursorCodec> cursors,
            JsonMapper json,
            Supplier<UUID> ids,
            int underwayMax,
            AtomicInteger underway) {
        this.bus = bus;
        this.bindings = bindings;
        this.runner = runner;
        this.cursors = cursors;
        this.json = json;
        this.ids = ids;
        this.underwayMax = underwayMax;
        this.underway = underway;
    }

    @Override
    public Future<?> deploy(Context context) {
        consumers.add(bus.respond(LOCAL, true, CommandMessage.LocalMessage.class, this::answer));
        consumers.add(bus.respond(WIRE, false, CommandMessage.WireMessage.class, this::answerWire));
        return Future.all(consumers.stream().map(MessageConsumer::completion).toList());
    }

    @Override
    public Future<?> undeploy(Context context) {
        return Future.join(consumers.stream().map(MessageConsumer::unregister).toList());
    }

    private Future<Object> answerWire(CommandMessage.WireMessage wire) {
        return Future.succeededFuture(wire)
                .map(this::read)
                .compose(this::answer, this::refuse)
                .map(this::write);
    }

    private CommandMessage.LocalMessage read(CommandMessage.WireMessage wire) {
        try {
            return new CommandMessage.LocalMessage(
                    json.readValue(wire.request(), bindings.named(wire.type())), wire.cause());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("request " + wire.type() + " cannot be read", e);
        }
    }

    private Object write(Object answer) {
        try {
            return answer instanceof CommandReply.LocalReply local
                    ? new CommandReply.WireReply(
                            local.result() == null ? null : json.writeValueAsString(local.result()), local.position())
                    : answer;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer cannot be written", e);
        }
    }

    private Future<Object> answer(CommandMessage.LocalMessage local) {
        if (underway.get() >= underwayMax) {
            return Future.succeededFuture(CommandReply.RefusedReply.of(DatabaseErrors.full()));
        }
        underway.incrementAndGet();
        return Future.succeededFuture(local)
                .compose(this::run)
                .recover(this::refuse)
                .onComplete(ended -> underway.decrementAndGet());
    }

    private Future<Object> run(CommandMessage.LocalMessage local) {
        if (local.request() instanceof Command<?> command) {
            return transact(command, cause(local), 1).map(this::answer);
        }
        return runner.ask((Query<?>) local.request()).map(result -> new CommandReply.LocalReply(result, null));
    }

    private CommandContext cause(CommandMessage.LocalMessage local) {
        var cause = local.cause();
        return cause == null ? CommandContext.fresh(ids.get()) : cause;
    }

    private <R> Future<CommitResult<R>> transact(Command<R> command, CommandContext cause, int run) {
        return runner.transact(command, cause)
                .recover(failure -> DatabaseErrors.worthRunningAgain(failure) && run < RUNS_MAX
                        ? transact(command, cause, run + 1)
                        : Future.failedFuture(failure));
    }

    private Object answer(CommitResult<?> committed) {
        var write = committed.lastWrite();
        return new CommandReply.LocalReply(
                committed.value(), write.isPresent() ? cursors.get().write(write.getAsLong()) : null);
    }

    private Future<Object> refuse(@Nullable Throwable failure) {
        var bug = failure == null ? new IllegalStateException("failed without a cause") : failure;
        return Future.succeededFuture(DatabaseErrors.of(bug)
                .<Object>map(CommandReply.RefusedReply::of)
                .orElseGet(() -> broken(bug)));
    }

    private CommandReply broken(Throwable bug) {
        var reference = ids.get().toString();
        LOGGER.atError().setCause(bug).addKeyValue("reference", reference).log("a command or query failed by a bug");
        return new CommandReply.BrokenReply(reference);
    }
}
