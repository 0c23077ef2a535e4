package dev.skelly.http;

import dev.skelly.auth.TokenVerifier;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.Route;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the HTTP server: one verticle per processor, all on one port.
 *
 * <p>Deploy it last. Undeploying waits for requests in progress, for at most their deadline. Streams must be closed before.
 */
public final class HttpServers implements Deployable {

    private final HttpConfig config;
    private final List<RouterPart> mounts;
    private final BearerToken bearer;
    private final ServingState lifecycle;
    private final MeterRegistry meters;
    private final Supplier<UUID> ids;
    private final TrustedProxies proxies;
    private final OpenConnections open;
    private final List<HttpVerticle> verticles = new ArrayList<>(); // Confined to the deployment's context.
    private volatile int port;

    /**
     * What features serve.
     *
     * @param pages the class loader that holds {@code web/<name>/} of each feature of another jar, by its name
     */
    public record Served(List<Route> routes, Map<String, ClassLoader> pages) {

        /** Copies the collections. */
        public Served {
            routes = List.copyOf(routes);
            pages = Map.copyOf(pages);
        }
    }

    /**
     * Creates the server. It does not listen yet.
     *
     * @param mounts parts that need the raw router; tried before the features' routes, in this order
     * @param commands store the responses of idempotent routes
     * @param lifecycle while it drains, requests get 503
     * @throws IllegalArgumentException when two routes have the same method and path
     */
    public HttpServers(
            NodeEnvironment environment,
            HttpConfig config,
            Served served,
            List<RouterPart> mounts,
            TokenVerifier verifier,
            CommandBus commands,
            RateLimitCheck quota,
            ServingState lifecycle) {
        var json = environment.json();
        this.config = config;
        var warning = new ProxyWarning();
        this.proxies = new TrustedProxies(config.proxies(), warning);
        this.open = new OpenConnections(config, proxies, warning);
        this.bearer = new BearerToken(verifier, quota);
        this.lifecycle = lifecycle;
        this.meters = environment.meters();
        this.ids = environment.ids();
        var repeats = new IdempotentResponses(commands, json, ids, config.requestDeadline());
        var services = new RouteServices(config, verifier, quota, repeats, json, ids);
        var all = new ArrayList<RouterPart>();
        all.add(router -> router.route("/api/*").handler(bearer));
        var described = Stream.concat(mounts.stream().flatMap(mount -> mount.routes().stream()), described().stream())
                .toList();
        all.add(QueryCheck.before(described));
        all.addAll(mounts);
        all.add(new RouteRegistrar(served.routes(), services));
        all.add(new JwksEndpoint(verifier, json, config.secure()));
        all.add(new MethodNotAllowed(described));
        all.add(new StaticFiles(served.pages()));
        this.mounts = List.copyOf(all);
        meters.gauge("skelly.http.connections", open, OpenConnections::count);
    }

    /** Returns the routes that it serves besides the given routes and mounts. */
    public static List<Route> described() {
        return JwksEndpoint.described();
    }

    @Override
    public Future<?> deploy(Context context) {
        var vertx = context.owner();
        if (!config.tls()) {
            return deploy(vertx, null);
        }
        var certificate = new TlsCertificate(config);
        return certificate
                .read(vertx)
                .compose(tls -> deploy(vertx, tls))
                .onSuccess(listening ->
                        certificate.watch(vertx, tls -> verticles.forEach(verticle -> verticle.renew(tls))));
    }

    private Future<?> deploy(Vertx vertx, @Nullable ServerSSLOptions tls) {
        var shared = config.port() == 0 ? anyFreePort() : config.port();
        for (var count = 0; count < Runtime.getRuntime().availableProcessors(); count++) {
            verticles.add(new HttpVerticle(config, tls, shared, open, this::entrance, mounts, ids));
        }
        var first = verticles.get(0);
        var others = verticles.subList(1, verticles.size());
        return vertx.deployVerticle(first)
                .onSuccess(deployed -> port = first.port())
                .compose(deployed ->
                        Future.all(others.stream().map(vertx::deployVerticle).toList()));
    }

    /* Negative: one free port, shared by all servers that listen with the same number. */
    private int anyFreePort() {
        return -1 - (int) (ids.get().getLeastSignificantBits() & (Integer.MAX_VALUE >> 1));
    }

    private RequestIntake entrance(RequestDeadlines deadlines) {
        return new RequestIntake(
                deadlines,
                new OriginPolicy(config, proxies),
                lifecycle,
                new RequestLog(meters),
                ids,
                config.correlationFromRequestId());
    }

    /** Returns the port; 0 before it listens. */
    public int port() {
        return port;
    }

    /** Returns its URL, e.g. {@code http://127.0.0.1:8080}. */
    public String url() {
        var host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return (config.tls() ? "https://" : "http://") + host + ":" + port;
    }
}
