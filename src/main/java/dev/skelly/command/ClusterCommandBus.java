package dev.skelly.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.bus.BusRecord;
import dev.skelly.bus.MessageBus;
import dev.skelly.event.CommandContext;
import dev.skelly.feature.Command;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.CommandResult;
import dev.skelly.feature.Query;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends commands and queries over the bus: to this node's persistence role if it has one, otherwise to any node's. */
public final class ClusterCommandBus implements CommandBus {

    private final MessageBus bus;
    private final Supplier<CommandRegistry> bindings;
    private final JsonMapper json;
    private final boolean local;
    private final Duration timeout;

    /**
     * Creates the bus of a node.
     *
     * @param bindings looked up for each request to another node, because features hold this object before all of them are created
     * @param local whether this node runs the persistence role
     * @param timeout after which a caller gets 503
     */
    public ClusterCommandBus(
            MessageBus bus, Supplier<CommandRegistry> bindings, JsonMapper json, boolean local, Duration timeout) {
        this.bus = bus;
        this.bindings = bindings;
        this.json = json;
        this.local = local;
        this.timeout = timeout;
    }

    /** Returns the records that carry a request and its reply, with their names. */
    public static List<BusRecord> records() {
        return List.of(
                new BusRecord("command.request", CommandMessage.WireMessage.class),
                new BusRecord("command.answer", CommandReply.WireReply.class),
                new BusRecord("command.refused", CommandReply.RefusedReply.class),
                new BusRecord("command.broken", CommandReply.BrokenReply.class));
    }

    @Override
    public <R> Future<CommandResult<R>> send(Command<R> command, CommandContext cause) {
        return request(command, cause);
    }

    @Override
    public <R> Future<R> query(Query<R> query) {
        return this.<R>request(query, null).map(CommandResult::result);
    }

    private <R> Future<CommandResult<R>> request(Object request, @Nullable CommandContext cause) {
        var address = local ? CommandServer.LOCAL : CommandServer.WIRE;
        return Future.succeededFuture(request)
                .map(asked -> local ? new CommandMessage.LocalMessage(asked, cause) : wire(asked, cause))
                .compose(message -> bus.request(address, message, local, timeout))
                .recover(ClusterCommandBus::explain)
                .compose(answer -> read((CommandReply) answer, request));
    }

    private CommandMessage wire(Object request, @Nullable CommandContext cause) {
        try {
            return new CommandMessage.WireMessage(
                    bindings.get().nameOf(request.getClass()), json.writeValueAsString(request), cause);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(request.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    /* No responder, or no reply in time: to a caller this is the same as an unavailable database. */
    private static Future<Object> explain(Throwable failure) {
        return Future.failedFuture(failure instanceof ReplyException ? DatabaseErrors.away() : failure);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the binding's result class is the request's R; null represents Void
    private <R> Future<CommandResult<R>> read(CommandReply answer, Object request) {
        if (answer instanceof CommandReply.RefusedReply refused) {
            return Future.failedFuture(refused.problem());
        }
        if (answer instanceof CommandReply.BrokenReply broken) {
            return Future.failedFuture(new IllegalStateException("failed by a bug, see " + broken.reference()));
        }
        if (answer instanceof CommandReply.LocalReply done) {
            return Future.succeededFuture(new CommandResult<>((R) done.result(), done.position()));
        }
        var wire = (CommandReply.WireReply) answer;
        return Future.succeededFuture(new CommandResult<>((R) result(wire, request.getClass()), wire.position()));
    }

    private @Nullable Object result(CommandReply.WireReply wire, Class<?> request) {
        try {
            return wire.result() == null
                    ? null
                    : json.readValue(wire.result(), bindings.get().resultOf(request));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer to " + request.getName() + " cannot be read", e);
        }
    }
}
