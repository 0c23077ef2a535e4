package dev.skelly.node;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.apidocs.ApiModel;
import dev.skelly.apidocs.DocumentsEndpoint;
import dev.skelly.auth.Authorization;
import dev.skelly.auth.TokenVerifier;
import dev.skelly.bus.MessageBus;
import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.Route;
import dev.skelly.health.HealthEndpoint;
import dev.skelly.health.MetricsEndpoint;
import dev.skelly.health.ReadinessCheck;
import dev.skelly.health.RuntimeMetrics;
import dev.skelly.http.HttpServers;
import dev.skelly.http.RateLimitCheck;
import dev.skelly.http.RouterPart;
import dev.skelly.http.ServingState;
import dev.skelly.ratelimit.RateLimiter;
import dev.skelly.stream.Feed;
import dev.skelly.stream.StreamEndpoint;
import dev.skelly.view.EventViews;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What answers the world: health and metrics on every node, REST and streams where its roles say so. */
record HttpPart(
        Vertx vertx,
        String node,
        NodeConfig config,
        Lifecycle parts,
        MessageBus bus,
        LogSource log,
        CommandBus commands,
        EventViews sights,
        FieldDecryptor opener,
        TokenVerifier verifier,
        Authorization rights,
        ServingState lifecycle,
        List<ReadinessCheck> checks,
        JsonMapper json,
        Clock clock,
        SecureRandom random,
        Supplier<UUID> ids,
        PrometheusMeterRegistry meters) {

    /** Listens last, when all that it answers from is up; the URL. */
    Future<String> start(List<Feature> features, EventTypeRegistry catalogue) {
        var front = front();
        var quota = quota();
        var streams = Optional.of(front.stream()).filter(mount -> config.has(NodeRole.STREAM));
        var mounts = new ArrayList<RouterPart>(List.of(front.health(), front.metrics()));
        streams.ifPresent(mounts::add);
        if (config.has(NodeRole.HTTP)) {
            mounts.add(documents(features, catalogue, front, quota));
        }
        return streams.<Future<?>>map(open -> parts.deploy(vertx, "feed", front.feed()))
                .orElseGet(Future::succeededFuture)
                .compose(fed -> parts.deploy(vertx, "health", front.health()))
                .compose(up -> parts.deploy(vertx, "runtime meters", new RuntimeMetrics(meters, NodeBuilder.LOOPS)))
                .compose(up -> parts.deploy(vertx, "http", http(routes(features), mounts, quota)))
                .compose(http -> endStreamsFirst(streams).map(http.url()));
    }

    private List<Route> routes(List<Feature> features) {
        return config.has(NodeRole.HTTP) ? Features.routes(features) : List.of();
    }

    /** Parts of the machinery that answer requests by themselves, and what feeds them; nothing is started. */
    private record Front(HealthEndpoint health, MetricsEndpoint metrics, Feed feed, StreamEndpoint stream) {

        private List<Route> routes() {
            var routes = new ArrayList<>(HttpServers.described());
            List.of(health, metrics, stream).forEach(mount -> routes.addAll(mount.routes()));
            return routes;
        }
    }

    private Front front() {
        var feed = new Feed(node, bus, log, sights, opener, config.stream(), clock, meters);
        return new Front(
                new HealthEndpoint(checks, lifecycle, json),
                new MetricsEndpoint(meters),
                feed,
                new StreamEndpoint(feed, log, commands, verifier, rights, config.stream(), clock, ids, random));
    }

    /** Every HTTP resource of the program, whichever part of it answers, by path. */
    List<Route> routes(List<Feature> features, EventTypeRegistry catalogue) {
        return documents(features, catalogue, front(), quota()).everything();
    }

    /* What the program offers as a whole, whichever part of it this node answers. */
    private DocumentsEndpoint documents(
            List<Feature> features, EventTypeRegistry catalogue, Front front, RateLimitCheck quota) {
        var version = HttpPart.class.getPackage().getImplementationVersion();
        return new DocumentsEndpoint(
                new ApiModel(features, front.routes(), catalogue, version == null ? "unpackaged" : version),
                json,
                rights::may,
                quota);
    }

    private RateLimitCheck quota() {
        return new RateLimitCheck(new RateLimiter(config.rateLimit()));
    }

    private HttpServers http(List<Route> routes, List<RouterPart> mounts, RateLimitCheck quota) {
        return new HttpServers(config.http(), routes, mounts, verifier, commands, quota, lifecycle, meters, json, ids);
    }

    /*
     * What was deployed last stops first: the node says it is draining, then its streams part, then it listens for a while to say so, then
     * requests under way end.
     */
    private Future<Void> endStreamsFirst(Optional<StreamEndpoint> streams) {
        return parts.add("notice", Future.succeededFuture(config.shutdown().notice()), this::listenOn)
                .compose(given -> endStreams(streams));
    }

    private Future<?> listenOn(Duration notice) {
        return notice.isZero() || !config.has(NodeRole.HTTP)
                ? Future.succeededFuture()
                : vertx.timer(notice.toMillis());
    }

    private Future<Void> endStreams(Optional<StreamEndpoint> streams) {
        return streams.<Future<?>>map(open -> parts.deploy(vertx, "streams", open))
                .orElseGet(Future::succeededFuture)
                .compose(up -> parts.add("serving", Future.succeededFuture(lifecycle), serving -> {
                    serving.drain();
                    return Future.succeededFuture();
                }))
                .mapEmpty();
    }
}
