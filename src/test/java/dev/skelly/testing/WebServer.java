package dev.skelly.testing;

import dev.skelly.auth.SecurityConfig;
import dev.skelly.auth.TokenVerifier;
import dev.skelly.event.Json;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.Route;
import dev.skelly.http.HttpConfig;
import dev.skelly.http.HttpServers;
import dev.skelly.http.RateLimitCheck;
import dev.skelly.http.RouterPart;
import dev.skelly.http.ServingState;
import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.ratelimit.RateLimiter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The real HTTP server with routes of a test's own, on a free port, with tokens by {@link TestTokens}. Blocks; close it. */
public final class WebServer implements AutoCloseable {

    /** Signs the tokens that this server takes. */
    public static final TestTokens TOKENS = new TestTokens();

    private static final RateLimitConfig UNLIMITED = new RateLimitConfig(true, 1_000_000, 1_000_000, 1_000);
    private static final Duration ANSWER_MAX = Waiting.LIMIT;
    private static final int ANSWER_MILLIS_MAX = 20_000;

    private final Vertx vertx = Vertx.vertx();
    private final ServingState lifecycle = new ServingState();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServers server;

    /** Listens when this returns; lets everybody ask as often as they like, but for routes' own limits. */
    public WebServer(HttpConfig config, List<Route> routes, List<RouterPart> mounts) {
        this(config, UNLIMITED, TOKENS, routes, mounts);
    }

    /**
     * Listens when this returns.
     *
     * @param commands remembers the answers of requests with a key
     */
    public WebServer(
            HttpConfig config,
            RateLimitConfig limits,
            CommandBus commands,
            List<Route> routes,
            List<RouterPart> mounts) {
        var json = Json.mapper();
        var rights = TOKENS.rights();
        var verifier = new TokenVerifier(TOKENS, rights, SecurityConfig.DEFAULT, json, Clock.systemUTC());
        this.server = new HttpServers(
                NodeEnvironment.of(meters),
                config,
                new HttpServers.Served(routes, Map.of()),
                mounts,
                verifier,
                commands,
                new RateLimitCheck(new RateLimiter(limits)),
                lifecycle);
        Waiting.on(vertx.deployVerticle(verifier)
                .compose(deployed -> vertx.deployVerticle(rights))
                .compose(deployed -> vertx.deployVerticle(server)));
        lifecycle.started();
    }

    /** What is shipped, but on a free port and with these times. */
    public static HttpConfig config(Duration headers, Duration request, Duration idle) {
        return new HttpSettings().deadlines(headers, request, idle).config();
    }

    /** What is shipped, but on a free port. */
    public static HttpConfig config() {
        return new HttpSettings().config();
    }

    public Vertx vertx() {
        return vertx;
    }

    public ServingState lifecycle() {
        return lifecycle;
    }

    public PrometheusMeterRegistry meters() {
        return meters;
    }

    public HttpServers server() {
        return server;
    }

    /** A request to complete and {@link #send}. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(ANSWER_MAX);
    }

    /** The answer, whatever its status. */
    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The answer to a GET. */
    public HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    /** The answer to a POST of JSON. */
    public HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** A connection on which a test may write what no client would. */
    public Socket socket() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        return socket;
    }

    @Override
    public void close() {
        Waiting.on(vertx.close());
    }
}
