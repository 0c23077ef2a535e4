package dev.skelly.http;

import dev.skelly.feature.Problem;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one HTTP server on one event loop. Several share a port. */
final class HttpVerticle implements Deployable {

    private static final Logger LOGGER = LoggerFactory.getLogger(HttpVerticle.class);

    /* A vanished peer acknowledges nothing; without this a stream to it would stay open for a quarter of an hour (needs Linux). */
    private static final int UNANSWERED_MAX_MILLIS = 30_000;

    /* A longer message ends its connection; a shorter one that is too long for what it asks for gets a problem. */
    private static final int CLOSE_SECONDS_MAX = 2; // A client that vanished must not delay the end of the node.
    private static final int MESSAGE_BYTES_MAX = 1024 * 1024;

    private static final int SWEEPS_A_DEADLINE = 10;
    private static final int BUG = 500;
    private static final Duration SWEEP_MAX = Duration.ofSeconds(1);

    private final HttpConfig config;
    private final @Nullable ServerSSLOptions tls;
    private final int port;
    private final Function<RequestDeadlines, RequestIntake> entrance;
    private final Iterable<RouterPart> mounts;
    private final Supplier<UUID> ids;
    private final SecurityHeaders security;
    private final CorsPolicy crossOrigin;
    private final RequestDeadlines deadlines;
    private @Nullable HttpServer server; // Confined to the deployment's context.

    /**
     * Creates the verticle. It does not listen yet.
     *
     * @param tls null for plain HTTP
     * @param port as for {@link HttpServer#listen(int, String)}; negative for one free port shared by all with the same number
     * @param open connections of all verticles together
     * @param mounts in the order in which they are tried
     */
    HttpVerticle(
            HttpConfig config,
            @Nullable ServerSSLOptions tls,
            int port,
            OpenConnections open,
            Function<RequestDeadlines, RequestIntake> entrance,
            Iterable<RouterPart> mounts,
            Supplier<UUID> ids) {
        this.config = config;
        this.tls = tls;
        this.port = port;
        this.entrance = entrance;
        this.mounts = mounts;
        this.ids = ids;
        this.crossOrigin = new CorsPolicy(config.corsOrigins());
        this.security = new SecurityHeaders(config.secure());
        this.deadlines = new RequestDeadlines(config, open);
    }

    @Override
    public Future<?> deploy(Context context) {
        var vertx = context.owner();
        var listening = vertx.createHttpServer(options())
                .connectionHandler(this::opened)
                .invalidRequestHandler(this::invalid)
                .requestHandler(onlyPaths(router(vertx)));
        server = listening;
        vertx.setPeriodic(sweepMillis(), tick -> deadlines.sweep());
        return listening.listen(port, config.host());
    }

    @Override
    public Future<?> undeploy(Context context) {
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(config.requestDeadline().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Uses another certificate for connections from now on. */
    void renew(ServerSSLOptions next) {
        var listening = server;
        if (listening != null) {
            listening
                    .updateSSLOptions(next)
                    .onFailure(failure -> LOGGER.atWarn().setCause(failure).log("the certificate cannot be changed"));
        }
    }

    private void opened(HttpConnection connection) {
        deadlines.opened(connection);
        UnreadableRequests.on(connection);
    }

    int port() {
        return server == null ? 0 : server.actualPort();
    }

    private long sweepMillis() {
        var shortest = Math.min(
                config.headerDeadline().toMillis(),
                Math.min(
                        config.requestDeadline().toMillis(),
                        config.idleTimeout().toMillis()));
        return Math.max(1, Math.min(SWEEP_MAX.toMillis(), shortest / SWEEPS_A_DEADLINE));
    }

    private HttpServerOptions options() {
        var options = new HttpServerOptions()
                .setMaxInitialLineLength(config.requestLineBytesMax())
                .setMaxHeaderSize(config.headerBytesMax())
                .setHttp2ClearTextEnabled(false)
                .setStrictThreadMode(true) // Each connection writes at once on its own thread and needs no queue.
                .setDecompressionSupported(false)
                .setCompressionSupported(false)
                .setWebSocketSubProtocols(List.of("skelly.v1.json"))
                .setWebSocketClosingTimeout(CLOSE_SECONDS_MAX)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(MESSAGE_BYTES_MAX)
                .setMaxWebSocketMessageSize(MESSAGE_BYTES_MAX);
        options.setUseProxyProtocol(config.proxyProtocol())
                .setProxyProtocolTimeout(config.headerDeadline().toMillis())
                .setProxyProtocolTimeoutUnit(TimeUnit.MILLISECONDS);
        options.setTcpKeepAlive(true).setTcpUserTimeout(UNANSWERED_MAX_MILLIS);
        if (tls != null) {
            tls.getEnabledCipherSuites().forEach(options::addEnabledCipherSuite);
            options.setSsl(true)
                    .setUseAlpn(tls.isUseAlpn())
                    .setEnabledSecureTransportProtocols(tls.getEnabledSecureTransportProtocols())
                    .setSslHandshakeTimeout(tls.getSslHandshakeTimeout())
                    .setSslHandshakeTimeoutUnit(tls.getSslHandshakeTimeoutUnit())
                    .setKeyCertOptions(tls.getKeyCertOptions());
        }
        return options;
    }

    private Router router(Vertx vertx) {
        var router = Router.router(vertx);
        router.route()
                .handler(entrance.apply(deadlines))
                .failureHandler(context -> failed(context, context.statusCode()));
        mounts.forEach(mount -> mount.mount(router));
        router.route().handler(context -> ProblemWriter.write(context, Problem.notFound("no such resource")));
        for (var status : ProblemWriter.OF_THE_ROUTER) {
            router.errorHandler(
                    status, context -> failed(context, status)); // The context itself may not know the status.
        }
        router.errorHandler(BUG, context -> failed(context, BUG));
        return router;
    }

    /* The router rejects some requests before any of our handlers runs: targets such as "*" or without a leading slash, and invalid hosts. */
    private Handler<HttpServerRequest> onlyPaths(Router router) {
        return request -> {
            var path = request.path();
            if (path == null || !path.startsWith("/") || !forOneHost(request)) {
                refuse(request, 400);
            } else {
                router.handle(request);
            }
        };
    }

    /* RFC 9112 section 3.2: a missing, repeated or invalid Host header gets 400. HTTP/1.0 needs none. */
    private static boolean forOneHost(HttpServerRequest request) {
        var hosts = request.headers().getAll("Host").size();
        var named = request.authority() != null || (hosts == 0 && request.version() == HttpVersion.HTTP_1_0);
        return named && hosts <= 1;
    }

    private static void failed(RoutingContext context, int status) {
        var failure = context.failure();
        if (failure != null && status == BUG) {
            ProblemWriter.write(context, failure);
        } else {
            ProblemWriter.write(context, status);
        }
    }

    /* The headers could not be parsed: there is no routing context, and this connection cannot be read further. */
    private void invalid(HttpServerRequest request) {
        var cause = request.decoderResult().cause();
        var status = 400;
        if (cause instanceof TooLongHttpLineException) {
            status = 414;
        } else if (cause instanceof TooLongHttpHeaderException) {
            status = 431;
        } else if (cause instanceof UnreadableRequests.OtherVersionException) {
            status = 505;
        }
        refuse(request, status);
    }

    private void refuse(HttpServerRequest request, int status) {
        var requestId = ids.get().toString();
        var headers = request.response().headers();
        security.set(headers);
        crossOrigin.add(request, headers); // The headers before the fault were read.
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", ProblemWriter.MEDIA_TYPE)
                .putHeader("Connection", "close")
                .putHeader("X-Request-Id", requestId)
                .end(ProblemWriter.document(status, requestId))
                .onComplete(ended -> request.connection().close());
    }
}
