package dev.skelly.stream;

import dev.skelly.bus.BusChannel;
import dev.skelly.bus.BusRecord;
import dev.skelly.bus.MessageBus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Lists and ends the open connections of all nodes. Asks each node and takes what arrives in time. Safe on any thread. */
final class ConnectionDirectory {

    /** The most connections that one node lists. */
    static final int LISTED_MAX = 500;

    private static final BusChannel<ConnectionsRequest> REQUESTS =
            new BusChannel<>("skelly.connections", ConnectionsRequest.class);
    private static final BusChannel<ConnectionsReply> REPLIES =
            new BusChannel<>("skelly.connections-of", ConnectionsReply.class);
    private static final Duration GATHER = Duration.ofMillis(400);

    private final MessageBus bus;
    private final StreamConnections connections;
    private final Map<UUID, GatheredConnections> asked = new ConcurrentHashMap<>();

    /** Replies so far. */
    private static final class GatheredConnections {
        private final List<StreamConnection> items = new ArrayList<>(); // Guarded by this, like the total.
        private int total;

        private synchronized void add(ConnectionsReply reply) {
            items.addAll(reply.connections());
            total += reply.total();
        }

        private synchronized Connections get() {
            var sorted = items.stream()
                    .sorted(Comparator.comparing(StreamConnection::since))
                    .toList();
            return new Connections(sorted, total);
        }
    }

    /** Open connections, the oldest first, and how many there are in all. */
    record Connections(List<StreamConnection> items, int total) {}

    ConnectionDirectory(MessageBus bus, StreamConnections connections) {
        this.bus = bus;
        this.connections = connections;
        bus.allow(List.of(
                new BusRecord("stream.connections-request", ConnectionsRequest.class),
                new BusRecord("stream.connections-reply", ConnectionsReply.class)));
    }

    /** Answers the requests of other nodes, and takes the answers to this node's; on nodes with streams or routes. */
    List<MessageConsumer<?>> listen() {
        return List.of(
                bus.subscribe(REQUESTS, this::answer),
                bus.subscribe(
                        REPLIES.at(connections.key()),
                        reply -> Optional.ofNullable(asked.get(reply.request())).ifPresent(found -> found.add(reply))));
    }

    /**
     * Asks all nodes.
     *
     * @param account only this account's; null for all
     * @param connection only this one; null for all
     * @param end whether they are ended
     */
    Future<Connections> ask(Vertx vertx, @Nullable UUID account, @Nullable String connection, boolean end) {
        var request = new ConnectionsRequest(UUID.randomUUID(), connections.key(), account, connection, end);
        var found = new GatheredConnections();
        asked.put(request.id(), found);
        bus.publish(REQUESTS, request);
        var over = Promise.<Connections>promise();
        vertx.setTimer(GATHER.toMillis(), tick -> {
            asked.remove(request.id());
            over.complete(found.get());
        });
        return over.future();
    }

    private void answer(ConnectionsRequest request) {
        var byHub = new HashMap<StreamHub, List<StreamSession>>();
        connections.each((hub, session) -> {
            var account = request.account();
            var connection = request.connection();
            if ((account == null || account.equals(session.reader().account()))
                    && (connection == null || connection.equals(session.id()))) {
                byHub.computeIfAbsent(hub, key -> new ArrayList<>()).add(session);
            }
        });
        byHub.forEach((hub, sessions) -> hub.context().runOnContext(turn -> {
            var infos = sessions.stream()
                    .sorted(Comparator.comparingLong(session -> session.openedAt))
                    .limit(LISTED_MAX)
                    .map(session -> info(hub, session))
                    .toList();
            if (request.end()) {
                sessions.forEach(session -> hub.bye(session, CloseReason.ENDED, 0));
            }
            bus.publish(REPLIES.at(request.replyTo()), new ConnectionsReply(request.id(), infos, sessions.size()));
        }));
    }

    private StreamConnection info(StreamHub hub, StreamSession session) {
        return new StreamConnection(
                session.id(),
                session.reader().account(),
                Instant.ofEpochMilli(session.openedAt),
                session.out().transport(),
                session.subscription().channels(),
                session.live || session.cursor < 0 ? 0 : Math.max(0, hub.head() - session.cursor),
                session.bytes,
                connections.key());
    }
}
