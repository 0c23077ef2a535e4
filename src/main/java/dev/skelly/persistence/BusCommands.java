package dev.skelly.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.bus.Bus;
import dev.skelly.bus.BusRecord;
import dev.skelly.event.Cause;
import dev.skelly.feature.Command;
import dev.skelly.feature.Commands;
import dev.skelly.feature.Done;
import dev.skelly.feature.Query;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends commands and queries over the bus: to this node's persistence role where it has one, else to any node's. */
public final class BusCommands implements Commands {

    private final Bus bus;
    private final Supplier<Bindings> bindings;
    private final JsonMapper json;
    private final boolean local;
    private final Duration timeout;

    /**
     * One for a node.
     *
     * @param bindings asked with each request to another node, because rooms hold this object before they are all made
     * @param local whether this node runs the persistence role
     * @param timeout after which a caller hears 503
     */
    public BusCommands(Bus bus, Supplier<Bindings> bindings, JsonMapper json, boolean local, Duration timeout) {
        this.bus = bus;
        this.bindings = bindings;
        this.json = json;
        this.local = local;
        this.timeout = timeout;
    }

    /** The records by which a request and its answer travel, with their names. */
    public static List<BusRecord> records() {
        return List.of(
                new BusRecord("command.request", Request.Wire.class, "dev.skelly.persistence.Request$Wire"),
                new BusRecord("command.answer", Answer.Wire.class, "dev.skelly.persistence.Answer$Wire"),
                new BusRecord("command.refused", Answer.Refused.class, "dev.skelly.persistence.Answer$Refused"),
                new BusRecord("command.broken", Answer.Broken.class, "dev.skelly.persistence.Answer$Broken"));
    }

    @Override
    public <R> Future<Done<R>> send(Command<R> command, Cause cause) {
        return request(command, cause);
    }

    @Override
    public <R> Future<R> ask(Query<R> query) {
        return this.<R>request(query, null).map(Done::result);
    }

    private <R> Future<Done<R>> request(Object request, @Nullable Cause cause) {
        var address = local ? PersistencePart.LOCAL : PersistencePart.WIRE;
        return Future.succeededFuture(request)
                .map(asked -> local ? new Request.Local(asked, cause) : wire(asked, cause))
                .compose(message -> bus.request(address, message, local, timeout))
                .recover(BusCommands::explain)
                .compose(answer -> read((Answer) answer, request));
    }

    private Request wire(Object request, @Nullable Cause cause) {
        try {
            return new Request.Wire(bindings.get().nameOf(request.getClass()), json.writeValueAsString(request), cause);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(request.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    /* Nobody there, or nobody in time: the same to a caller as a database that is away. */
    private static Future<Object> explain(Throwable failure) {
        return Future.failedFuture(failure instanceof ReplyException ? Refusals.away() : failure);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the binding's result class is the request's R; null stands for Void
    private <R> Future<Done<R>> read(Answer answer, Object request) {
        if (answer instanceof Answer.Refused refused) {
            return Future.failedFuture(refused.problem());
        }
        if (answer instanceof Answer.Broken broken) {
            return Future.failedFuture(new IllegalStateException("failed by a bug, see " + broken.reference()));
        }
        if (answer instanceof Answer.Local done) {
            return Future.succeededFuture(new Done<>((R) done.result(), done.position()));
        }
        var wire = (Answer.Wire) answer;
        return Future.succeededFuture(new Done<>((R) result(wire, request.getClass()), wire.position()));
    }

    private @Nullable Object result(Answer.Wire wire, Class<?> request) {
        try {
            return wire.result() == null
                    ? null
                    : json.readValue(wire.result(), bindings.get().resultOf(request));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer to " + request.getName() + " cannot be read", e);
        }
    }
}
