package dev.skelly.stream;

import dev.skelly.auth.TokenVerifier;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.feature.Problem;
import dev.skelly.http.ProblemWriter;
import dev.skelly.http.RequestContext;
import dev.skelly.http.RequestThread;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Opens the streams of one hub: admits the caller, checks what is asked for, and starts the session. Confined to the hub's context. */
final class StreamOpener {

    private static final double AGE_SPREAD = 0.2;
    private static final Duration COME_BACK = Duration.ofSeconds(2);
    private static final Duration POLL_MAX = Duration.ofSeconds(25); // Proxies often cut at 60 s, some at 30 s.
    private static final Duration PONG_MAX = Duration.ofSeconds(8);

    private final StreamServices services;
    private final StreamHub hub;
    private final StreamConnections connections;
    private final SubscriptionEditor editor;
    private final BooleanSupplier draining;

    StreamOpener(
            StreamServices services,
            StreamHub hub,
            StreamConnections connections,
            SubscriptionEditor editor,
            BooleanSupplier draining) {
        this.services = services;
        this.hub = hub;
        this.connections = connections;
        this.editor = editor;
        this.draining = draining;
    }

    /** Serves a request for an event stream or a poll. */
    void stream(RoutingContext exchange, String route) {
        RequestContext.route(exchange, route);
        Future.succeededFuture(exchange)
                .map(this::admit)
                .compose(admitted -> Future.succeededFuture(admitted)
                        .map(this::parse)
                        .compose(request ->
                                identify(admitted, request.ticket()).map(caller -> start(admitted, request, caller)))
                        .onFailure(failure -> services.admissions().giveBack()))
                .onFailure(failure -> refuse(exchange, failure));
    }

    private RoutingContext admit(RoutingContext exchange) {
        if (draining.getAsBoolean()) {
            throw Problem.unavailable("this node is shutting down", COME_BACK);
        }
        services.admissions().knock(RequestContext.address(exchange));
        return exchange;
    }

    private StreamRequest parse(RoutingContext exchange) {
        return StreamRequest.of(exchange.request(), cursors());
    }

    private CursorCodec cursors() {
        return services.feed()
                .cursors()
                .orElseThrow(() -> Problem.unavailable("the log was not reached yet", COME_BACK));
    }

    private Future<StreamCaller> identify(RoutingContext exchange, @Nullable String ticket) {
        return RequestThread.back(services.authenticator().identify(exchange, ticket));
    }

    /* Read in the turn in which the hub receives every later change. */
    private void checkRights(StreamCaller caller) {
        services.rights().refusal(caller.principal()).ifPresent(refusal -> {
            throw refusal;
        });
    }

    private StreamSession start(RoutingContext exchange, StreamRequest request, StreamCaller caller) {
        checkRights(caller);
        caller.check(request.channels(), request.types(), "%s", services.feed().views());
        var channels = request.channels().isEmpty() ? caller.own() : request.channels();
        var reader = reader(exchange, caller, request.poll() ? POLL_MAX : age());
        var response = exchange.response();
        var output = request.poll() ? new PollOutput(response) : new SseOutput(exchange.request(), request.named());
        var session = new StreamSession(
                connections.id(services.environment().ids().get()),
                output,
                reader,
                editor.of(channels, request.types()));
        if (output.closed()) {
            return session;
        }
        enter(reader);
        RequestContext.longLived(exchange);
        response.setStatusCode(200)
                .putHeader("Content-Type", request.poll() ? "application/json" : "text/event-stream")
                .putHeader("Cache-Control", "no-store");
        if (!request.poll()) {
            response.putHeader("X-Accel-Buffering", "no").setChunked(true);
        }
        exchange.addEndHandler(end -> hub.leave(session));
        open(session, request.start());
        if (!request.poll()) {
            forget(exchange);
        }
        return session;
    }

    /* The head has left with the first bytes. A stream lives for hours and needs none of the texts. */
    private static void forget(RoutingContext exchange) {
        exchange.request().headers().clear();
        exchange.response().headers().clear();
    }

    private void enter(StreamSession.Reader reader) {
        services.admissions().enter(reader.account(), reader.address());
    }

    private void open(StreamSession session, StartPosition start) {
        session.openedAt = services.environment().clock().millis();
        connections.opened(hub, session);
        services.topics().opened(session.reader().principal(), session.id());
        hub.open(session, start, hello(session));
    }

    /* Status 204 stops a browser from reconnecting after a logout. */
    private static void refuse(RoutingContext exchange, Throwable failure) {
        var browser = exchange.request().getHeader("Authorization") == null;
        if (signedOut(failure) && browser) {
            exchange.response().setStatusCode(204).end().onFailure(gone -> ProblemWriter.write(exchange, gone));
        } else {
            ProblemWriter.write(exchange, failure);
        }
    }

    private static boolean signedOut(Throwable failure) {
        return failure instanceof Problem refusal && refusal.code().equals(TokenVerifier.SIGNED_OUT);
    }

    private StreamSession.Reader reader(RoutingContext exchange, StreamCaller caller, Duration age) {
        return new StreamSession.Reader(
                caller.principal(),
                services.feed().views().of(caller.principal()),
                caller,
                RequestContext.address(exchange),
                end(caller, age));
    }

    private StreamSession.Reader.StreamEnd end(StreamCaller caller, Duration age) {
        var token = Duration.between(
                        services.environment().clock().instant(),
                        caller.principal().expires())
                .toMillis();
        return new StreamSession.Reader.StreamEnd(
                hub.millis() + Math.min(age.toMillis(), token),
                token < age.toMillis() ? CloseReason.AUTH : CloseReason.MAX_AGE);
    }

    private Duration age() {
        var factor = 1
                - AGE_SPREAD
                + 2 * AGE_SPREAD * services.environment().random().nextDouble();
        return Duration.ofMillis(Math.round(services.config().maxAge().toMillis() * factor));
    }

    /* The placeholder %s is replaced by whether the stream was resumed. */
    private String hello(StreamSession session) {
        return "{\"connection\":\"" + session.id() + "\",\"resumed\":%s,\"heartbeatSeconds\":"
                + Math.max(1, services.config().heartbeat().toSeconds()) + "}";
    }

    /** Serves a request for a WebSocket. */
    void socket(RoutingContext exchange, String route) {
        RequestContext.route(exchange, route);
        exchange.request().pause(); // So that no byte is lost while the caller is identified.
        Future.succeededFuture(exchange)
                .map(StreamOpener::upgrading)
                .map(this::admit)
                .compose(admitted -> identify(admitted, admitted.request().getParam("ticket"))
                        .compose(caller -> start(admitted, caller))
                        .onFailure(failure -> services.admissions().giveBack()))
                .onFailure(failure -> refuseSocket(exchange, failure));
    }

    private static RoutingContext upgrading(RoutingContext exchange) {
        if (!RequestContext.asksFor(exchange, "websocket")) {
            throw Problem.malformed("no-upgrade", "this path speaks WebSocket; the request must ask for it");
        }
        return exchange;
    }

    private Future<ServerWebSocket> start(RoutingContext exchange, StreamCaller caller) {
        var unused = cursors(); // Checked before the upgrade, after which no status can be sent.
        checkRights(caller);
        var reader = reader(exchange, caller, age());
        enter(reader);
        var closed = RequestContext.handOver(exchange);
        return exchange.request()
                .toWebSocket()
                .onSuccess(socket -> opened(exchange, socket, reader, closed))
                .onFailure(failure -> services.admissions().leave(reader.account(), reader.address()));
    }

    private void opened(RoutingContext exchange, ServerWebSocket socket, StreamSession.Reader reader, Runnable closed) {
        var output = new WebSocketOutput(socket, PONG_MAX.toNanos());
        var id = connections.id(services.environment().ids().get());
        var session = new StreamSession(id, output, reader, Subscription.NOTHING);
        socket.closeHandler(ended -> {
            closed.run();
            hub.leave(session);
        });
        socket.exceptionHandler(failure -> hub.leave(session));
        var requests = new WebSocketRequests(services, hub, editor, session, output, reader.address());
        requests.serve(socket, caller -> reader(exchange, caller, age()));
        open(session, new StartPosition.Latest());
    }

    /* A page cannot read the status of a refused upgrade, so a browser gets the WebSocket, and on it the reason. */
    private void refuseSocket(RoutingContext exchange, Throwable failure) {
        var request = exchange.request();
        if (request.getHeader("Origin") == null || !(failure instanceof Problem problem) || notWanted(problem)) {
            request.resume();
            ProblemWriter.write(exchange, failure);
            return;
        }
        var closed = RequestContext.handOver(exchange);
        request.toWebSocket()
                .onSuccess(socket -> {
                    socket.closeHandler(ended -> closed.run());
                    var reason = reason(problem);
                    socket.close(reason.code(), problem.code());
                })
                .onFailure(gone -> closed.run());
    }

    private static boolean notWanted(Problem problem) {
        return problem.kind() == Problem.Kind.MALFORMED || problem.code().equals("foreign-origin");
    }

    private static CloseReason reason(Problem problem) {
        return switch (problem.kind()) {
            case UNAVAILABLE, TOO_MANY -> CloseReason.BUSY;
            case UNAUTHENTICATED -> signedOut(problem) ? CloseReason.SIGNED_OUT : CloseReason.REFUSED;
            default -> CloseReason.REFUSED;
        };
    }
}
