package dev.skelly.stream;

import dev.skelly.auth.Authorization;
import dev.skelly.auth.TokenVerifier;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Route;
import dev.skelly.http.ProblemWriter;
import dev.skelly.http.RequestContext;
import dev.skelly.http.RouterPart;
import dev.skelly.ratelimit.RateLimiter;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Serves {@code GET /api/stream}: sends events to browsers as Server-Sent Events.
 *
 * <p>One per node. Deploy it after the HTTP part that mounts it: it is then undeployed first and sends {@code bye} to every stream while
 * the connections are open.
 */
public final class StreamEndpoint implements RouterPart, Deployable {

    private static final String PATH = "/api/stream";
    private static final int READS_MAX = 4;
    private static final double AGE_SPREAD = 0.2;
    private static final Duration COME_BACK = Duration.ofSeconds(2);

    private final Feed feed;
    private final LogSource log;
    private final Authorization rights;
    private final StreamConfig config;
    private final NodeEnvironment environment;
    private final StreamAuthenticator authenticator;
    private final ConnectionLimiter admissions;
    private final StreamCloser closer;
    private final CatchUpLimiter slots = new CatchUpLimiter(READS_MAX);
    private final List<StreamHub> registries = new CopyOnWriteArrayList<>();
    private volatile boolean draining;

    /**
     * Creates the streams of one node.
     *
     * @param feed feeds them; deployed before the HTTP part
     * @param limits counts how often networks open streams
     */
    public StreamEndpoint(
            NodeEnvironment environment,
            Feed feed,
            LogSource log,
            CommandBus commands,
            TokenVerifier tokens,
            Authorization rights,
            StreamConfig config,
            RateLimiter limits) {
        this.feed = feed;
        this.log = log;
        this.rights = rights;
        this.config = config;
        this.environment = environment;
        this.authenticator =
                new StreamAuthenticator(tokens, commands, config.anonymous(), environment.clock(), environment.ids());
        this.admissions = new ConnectionLimiter(config, limits);
        this.closer = new StreamCloser(environment.random());
    }

    @Override
    public List<Route> routes() {
        return List.of(StreamRequest.described(PATH));
    }

    @Override
    public void mount(Router router) {
        var context = Objects.requireNonNull(Vertx.currentContext(), "mounted on a server verticle's context");
        var registry = new StreamHub(context, feed, log, slots, config, closer, rights, this::closed);
        registries.add(registry);
        router.get(PATH).handler(exchange -> open(registry, exchange));
    }

    @Override
    public Future<?> deploy(Context context) {
        return Future.succeededFuture();
    }

    @Override
    public Future<?> undeploy(Context context) {
        return drain();
    }

    /** Sends {@code bye} to every stream and accepts no new ones. Completes within a few seconds; never fails. */
    public Future<Void> drain() {
        draining = true;
        var drained = registries.stream().map(StreamEndpoint::drain).toList();
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
        admissions.leave(session.reader().account(), session.reader().address());
    }

    private void open(StreamHub registry, RoutingContext exchange) {
        RequestContext.route(exchange, PATH);
        Future.succeededFuture(exchange)
                .map(this::admit)
                .compose(admitted -> openAdmitted(registry, admitted).onFailure(failure -> admissions.giveBack()))
                .onFailure(failure -> refuse(exchange, failure));
    }

    private RoutingContext admit(RoutingContext exchange) {
        if (draining) {
            throw Problem.unavailable("this node is shutting down", COME_BACK);
        }
        admissions.knock(address(exchange));
        return exchange;
    }

    private Future<Void> openAdmitted(StreamHub registry, RoutingContext exchange) {
        return Future.succeededFuture(exchange)
                .map(this::parse)
                .compose(request -> authenticator
                        .identify(exchange, request.ticket())
                        .map(visitor -> start(registry, exchange, request, visitor)));
    }

    private StreamRequest parse(RoutingContext exchange) {
        var cursors = feed.cursors().orElseThrow(() -> Problem.unavailable("the log was not reached yet", COME_BACK));
        return StreamRequest.of(exchange.request(), cursors);
    }

    private static String address(RoutingContext exchange) {
        return RequestContext.address(exchange);
    }

    private Void start(StreamHub registry, RoutingContext exchange, StreamRequest request, StreamCaller visitor) {
        var response = exchange.response();
        rights.refusal(visitor.principal()).ifPresent(refusal -> {
            throw refusal; // Read here, in the turn in which the hub receives every later change.
        });
        if (response.closed() || response.ended()) {
            return null;
        }
        var reader = reader(registry, exchange, request, visitor);
        admissions.enter(reader.account(), reader.address());
        RequestContext.longLived(exchange);
        response.setStatusCode(200)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true);
        var session = new StreamSession(response, reader);
        exchange.addEndHandler(end -> registry.leave(session));
        registry.open(session, request.start(), hello());
        return null;
    }

    /* Status 204 stops a browser from reconnecting with an expired cookie. */
    private static void refuse(RoutingContext exchange, Throwable failure) {
        var signedOut = failure instanceof Problem refusal && refusal.code().equals(TokenVerifier.SIGNED_OUT);
        if (signedOut && StreamAuthenticator.onlyCookie(exchange)) {
            exchange.response().setStatusCode(204).end().onFailure(gone -> ProblemWriter.write(exchange, gone));
        } else {
            ProblemWriter.write(exchange, failure);
        }
    }

    private StreamSession.Reader reader(
            StreamHub registry, RoutingContext exchange, StreamRequest request, StreamCaller visitor) {
        var principal = visitor.principal();
        var views = feed.views();
        var asked = EventTypeFilter.of(request.types()).renamed(views);
        var allowed = visitor.ticketTypes().renamed(views);
        var names = asked.names();
        Predicate<String> types = allowed.all() ? asked::matches : type -> asked.matches(type) && allowed.matches(type);
        var token = Duration.between(environment.clock().instant(), principal.expires())
                .toMillis();
        var age = Math.round(config.maxAge().toMillis()
                * (1 - AGE_SPREAD + 2 * AGE_SPREAD * environment.random().nextDouble()));
        return new StreamSession.Reader(
                principal,
                views.of(principal),
                address(exchange),
                visitor.channels(request.channels(), views),
                types,
                names == null ? null : views.stored(names),
                request.named(),
                new StreamSession.Reader.StreamEnd(
                        registry.millis() + Math.min(age, token),
                        token < age ? CloseReason.AUTH : CloseReason.MAX_AGE));
    }

    /* The placeholder %s is replaced by whether the stream was resumed. */
    private String hello() {
        return SseFrames.control(
                "hello",
                "{\"connection\":\"" + environment.ids().get() + "\",\"resumed\":%s,\"heartbeatSeconds\":"
                        + Math.max(1, config.heartbeat().toSeconds()) + "}");
    }
}
