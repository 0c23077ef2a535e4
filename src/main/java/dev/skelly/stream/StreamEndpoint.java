package dev.skelly.stream;

import dev.skelly.auth.Authorization;
import dev.skelly.auth.TokenVerifier;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.EventEmitter;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.Route;
import dev.skelly.http.RouterPart;
import dev.skelly.ratelimit.RateLimiter;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code GET /api/stream} and {@code GET /api/ws}: sends events to browsers as Server-Sent Events, over WebSockets and in responses to
 * polls.
 *
 * <p>One per node. Deploy it after the HTTP part that mounts it: it is then undeployed first and sends {@code bye} to every stream while
 * the connections are open.
 */
public final class StreamEndpoint implements RouterPart, Deployable {

    private static final String STREAM = "/api/stream";
    private static final String SOCKET = "/api/ws";
    private static final int READS_MAX = 4;

    private final LogSource log;
    private final StreamServices services;
    private final StreamAccess access;
    private final SubscriptionEditor editor;
    private final StreamCloser closer;
    private final CatchUpLimiter slots;
    private final List<StreamHub> registries = new CopyOnWriteArrayList<>();
    private volatile boolean draining;
    private @Nullable MessageConsumer<?> changes; // Confined to the deployment's context.

    /**
     * What the streams share with the rest of the node.
     *
     * @param limits counts how often networks open streams and accounts emit
     * @param emitter emits events for WebSockets; empty where no feature emits any
     */
    public record StreamPeers(StreamAccess access, RateLimiter limits, Supplier<Optional<EventEmitter>> emitter) {}

    /**
     * Creates the streams of one node.
     *
     * @param feed feeds them; deployed before the HTTP part
     * @param config returns the settings as they are now; the limits among them may change
     */
    public StreamEndpoint(
            NodeEnvironment environment,
            Feed feed,
            LogSource log,
            CommandBus commands,
            TokenVerifier tokens,
            Authorization rights,
            Supplier<StreamConfig> config,
            StreamPeers peers) {
        this.log = log;
        this.access = peers.access();
        this.editor = new SubscriptionEditor(feed::views);
        this.slots = new CatchUpLimiter(READS_MAX, feed.meters()::logRead);
        this.closer = new StreamCloser(environment.random());
        this.services = new StreamServices(
                environment,
                config,
                feed,
                rights,
                new StreamAuthenticator(
                        tokens,
                        commands,
                        feed::views,
                        config.get().anonymous(),
                        environment.clock(),
                        environment.ids()),
                new ConnectionLimiter(config, peers.limits()),
                peers);
    }

    @Override
    public List<Route> routes() {
        return List.of(StreamRequest.described(STREAM), StreamRequest.describedSocket(SOCKET));
    }

    @Override
    public void mount(Router router) {
        var context = Objects.requireNonNull(Vertx.currentContext(), "mounted on a server verticle's context");
        var hub = new StreamHub(
                context, services.feed(), log, slots, services.config(), closer, services.rights(), this::closed);
        registries.add(hub);
        access.topics().join(hub);
        var opener = new StreamOpener(services, hub, access.connections(), editor, () -> draining);
        router.get(STREAM).handler(exchange -> opener.stream(exchange, STREAM));
        router.get(SOCKET).handler(exchange -> opener.socket(exchange, SOCKET));
    }

    @Override
    public Future<?> deploy(Context context) {
        var listening = access.connections()
                .listen(changing -> editor.change(changing.hub(), changing.session(), changing.change()));
        changes = listening;
        return listening.completion();
    }

    @Override
    public Future<?> undeploy(Context context) {
        return drain().compose(drained -> changes == null ? Future.succeededFuture() : changes.unregister());
    }

    /** Sends {@code bye} to every stream and accepts no new ones. Completes within a few seconds; never fails. */
    public Future<Void> drain() {
        draining = true;
        var drained = registries.stream().map(StreamEndpoint::drain).toList();
        registries.forEach(access.topics()::leave);
        registries.clear();
        return drained.isEmpty()
                ? Future.succeededFuture()
                : Future.join(drained).mapEmpty();
    }

    private static Future<Void> drain(StreamHub registry) {
        var drained = Promise.<Void>promise();
        registry.context()
                .runOnContext(turn -> registry.drain().onComplete(ended -> {
                    registry.close();
                    drained.complete();
                }));
        return drained.future();
    }

    private void closed(StreamSession session) {
        access.connections().closed(session);
        access.topics().closed(session.id());
        services.admissions().leave(session.reader().account(), session.reader().address());
    }
}
