package dev.skelly.stream;

import dev.skelly.bus.BusRecord;
import dev.skelly.bus.MessageBus;
import dev.skelly.event.Sha256;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Finds the open streams of all nodes by their public ids, to change their subscriptions. The id contains a digest of the node's name, so a
 * change goes to one node. Safe on any thread.
 */
public final class StreamConnections {

    private static final String ADDRESS = "skelly.stream.node.";
    private static final int KEY_CHARS = 12;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private record OpenSession(StreamHub hub, StreamSession session) {}

    private final MessageBus bus;
    private final String key;
    private final ConnectionDirectory directory;
    private final Map<String, OpenSession> open = new ConcurrentHashMap<>();

    /** Creates the registry of a node; {@code node} is its name. */
    public StreamConnections(MessageBus bus, String node) {
        this.bus = bus;
        this.key = Sha256.of(node).substring(0, KEY_CHARS);
        this.directory = new ConnectionDirectory(bus, this);
        bus.allow(List.of(
                new BusRecord("stream.subscription-change", SubscriptionChange.class),
                new BusRecord("stream.subscription-reply", SubscriptionReply.class)));
    }

    /** Returns what lists and ends the streams of all nodes. */
    ConnectionDirectory directory() {
        return directory;
    }

    /** Answers changes that arrive at other nodes. */
    MessageConsumer<?> listen(Function<Changing, Future<String>> changer) {
        return bus.respond(
                ADDRESS + key,
                false,
                SubscriptionChange.class,
                change -> changeHere(change, changer).map(Object.class::cast));
    }

    /** A change of a session, made on its hub's context. */
    record Changing(StreamHub hub, StreamSession session, SubscriptionChange change) {}

    private Future<SubscriptionReply> changeHere(
            SubscriptionChange change, Function<Changing, Future<String>> changer) {
        var found = open.get(change.connection());
        if (found == null) {
            return Future.succeededFuture(SubscriptionReply.refused(SubscriptionEditor.ended()));
        }
        var changed = Promise.<String>promise();
        found.hub()
                .context()
                .runOnContext(turn -> Future.succeededFuture(new Changing(found.hub(), found.session(), change))
                        .compose(changer)
                        .onComplete(changed));
        return changed.future().map(SubscriptionReply::live).recover(StreamConnections::refused);
    }

    private static Future<SubscriptionReply> refused(Throwable failure) {
        return failure instanceof Problem problem
                ? Future.succeededFuture(SubscriptionReply.refused(problem))
                : Future.failedFuture(failure);
    }

    /** Returns the key of this node in the ids of its streams. */
    String key() {
        return key;
    }

    /** Visits every open stream of this node. */
    void each(BiConsumer<StreamHub, StreamSession> visitor) {
        open.values().forEach(one -> visitor.accept(one.hub(), one.session()));
    }

    /** Creates the id of a new stream of this node. */
    String id(UUID unique) {
        return unique + "." + key;
    }

    void opened(StreamHub hub, StreamSession session) {
        open.put(session.id(), new OpenSession(hub, session));
    }

    void closed(StreamSession session) {
        open.remove(session.id());
    }

    /**
     * Changes the subscription of a stream on whichever node holds it.
     *
     * @return the cursor after which the added part is sent; fails with {@link Problem} 404 when the account has no such stream, 403 or 422 for
     *     what it may not read, 503 when the node does not answer
     */
    Future<String> change(SubscriptionChange change) {
        var node = change.connection().substring(change.connection().lastIndexOf('.') + 1);
        return bus.request(ADDRESS + node, change, node.equals(key), ANSWER_MAX)
                .recover(StreamConnections::explain)
                .map(reply -> ((SubscriptionReply) reply).get());
    }

    private static Future<Object> explain(Throwable failure) {
        if (failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS) {
            return Future.failedFuture(SubscriptionEditor.ended());
        }
        return Future.failedFuture(
                Problem.unavailable("the node of this stream does not answer", Duration.ofSeconds(1)));
    }
}
