package dev.skelly.node;

import dev.skelly.apidocs.ApiModel;
import dev.skelly.apidocs.DocumentsEndpoint;
import dev.skelly.auth.TokenVerifier;
import dev.skelly.event.CurrentEventTypes;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.EventEmitter;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.Route;
import dev.skelly.health.HealthEndpoint;
import dev.skelly.health.MetricsConfig;
import dev.skelly.health.MetricsEndpoint;
import dev.skelly.health.RuntimeMetrics;
import dev.skelly.health.StreamProbeEndpoint;
import dev.skelly.http.HttpServers;
import dev.skelly.http.PageFolder;
import dev.skelly.http.PagesConfig;
import dev.skelly.http.RateLimitCheck;
import dev.skelly.http.RouterPart;
import dev.skelly.http.ServingState;
import dev.skelly.ratelimit.RateLimiter;
import dev.skelly.stream.Feed;
import dev.skelly.stream.StreamEndpoint;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Starts HTTP: health and metrics on every node, REST and streams if the node has the roles. */
record HttpPart(
        NodeContext context,
        PrometheusMeterRegistry meters,
        EventAccess events,
        CommandBus commands,
        TokenVerifier verifier,
        ServingState serving) {

    /** Starts all endpoints and listens last. Returns the URL. */
    Future<String> start(List<InstalledFeature> features, CurrentEventTypes eventTypes) {
        var limits = limits();
        var front = front(limits, features);
        var quota = new RateLimitCheck(limits);
        var streams =
                Optional.of(front.stream()).filter(mount -> context.config().has(NodeRole.STREAM));
        var mounts = new ArrayList<RouterPart>(List.of(front.health(), front.metrics(), front.probe()));
        streams.ifPresent(mounts::add);
        if (context.config().has(NodeRole.HTTP)) {
            var documents = documents(features, eventTypes.get(), front, quota);
            eventTypes.onChange(next -> () -> documents.redeclare(next));
            mounts.add(documents);
            mounts.add(new PageFolder(
                    context.config().part(PagesConfig.class),
                    context.environment().clock()));
        }
        eventTypes.onChange(next -> front.feed()::redeclare);
        return streams.<Future<?>>map(open -> context.deploy("feed", front.feed()))
                .orElseGet(Future::succeededFuture)
                .compose(fed -> context.deploy("stream access", events.streams()))
                .compose(fed -> context.deploy("health", front.health()))
                .compose(up -> context.deploy("runtime meters", new RuntimeMetrics(meters, NodeBuilder.LOOPS)))
                .compose(up -> context.deploy("http", http(served(features), mounts, quota)))
                .compose(http -> endStreamsFirst(streams).map(http.url()));
    }

    private HttpServers.Served served(List<InstalledFeature> features) {
        var pages = new HashMap<String, ClassLoader>();
        if (!context.config().has(NodeRole.HTTP)) {
            return new HttpServers.Served(List.of(), pages);
        }
        context.config()
                .features()
                .list()
                .forEach(feature -> pages.put(feature.name(), feature.getClass().getClassLoader()));
        return new HttpServers.Served(
                features.stream().flatMap(feature -> feature.routes().stream()).toList(), pages);
    }

    /** The endpoints of the machinery, and the feed of the streams; none is started yet. */
    private record Front(
            HealthEndpoint health,
            MetricsEndpoint metrics,
            StreamProbeEndpoint probe,
            Feed feed,
            StreamEndpoint stream) {

        private List<Route> routes() {
            var routes = new ArrayList<>(HttpServers.described());
            List.of(health, metrics, probe, stream).forEach(mount -> routes.addAll(mount.routes()));
            return routes;
        }
    }

    private Front front(RateLimiter limits, List<InstalledFeature> features) {
        var environment = context.environment();
        var feed = new Feed(
                environment.node(),
                context.bus(),
                events.log(),
                events.views(),
                events.decryptor(),
                context.config().stream(),
                environment.clock(),
                meters);
        return new Front(
                new HealthEndpoint(context.checks(), serving, environment.json(), meters),
                new MetricsEndpoint(meters, context.config().part(MetricsConfig.class)),
                new StreamProbeEndpoint(environment.clock(), limits),
                feed,
                new StreamEndpoint(
                        environment,
                        feed,
                        events.log(),
                        commands,
                        verifier,
                        events.rights(),
                        context.runtime()::stream,
                        new StreamEndpoint.StreamPeers(events.streams(), limits, () -> emitter(features))));
    }

    private static Optional<EventEmitter> emitter(List<InstalledFeature> features) {
        return features.stream()
                .flatMap(feature -> Optional.ofNullable(feature.services().get(EventEmitter.class)).stream())
                .map(found -> EventEmitter.class.cast(found.get()))
                .findFirst();
    }

    /** Returns every route of the program, by path. */
    List<Route> routes(List<InstalledFeature> features, EventTypeRegistry eventTypes) {
        var limits = limits();
        return documents(features, eventTypes, front(limits, features), new RateLimitCheck(limits))
                .everything();
    }

    /* Describes the whole program, also the routes that this node does not serve. */
    private DocumentsEndpoint documents(
            List<InstalledFeature> features, EventTypeRegistry eventTypes, Front front, RateLimitCheck quota) {
        var version = HttpPart.class.getPackage().getImplementationVersion();
        return new DocumentsEndpoint(
                new ApiModel(features, front.routes(), eventTypes, version == null ? "unpackaged" : version),
                context.environment().json(),
                events.rights()::may,
                quota);
    }

    private RateLimiter limits() {
        return new RateLimiter(context.runtime()::rateLimit);
    }

    private HttpServers http(HttpServers.Served served, List<RouterPart> mounts, RateLimitCheck quota) {
        return new HttpServers(
                context.environment(), context.config().http(), served, mounts, verifier, commands, quota, serving);
    }

    /*
     * The last deployed part stops first: the node reports that it is draining, its streams end, it listens until the notice is over, and
     * requests in progress end.
     */
    private Future<Void> endStreamsFirst(Optional<StreamEndpoint> streams) {
        return context.lifecycle()
                .add(
                        "notice",
                        Future.succeededFuture(context.config().shutdown().notice()),
                        this::listenOn)
                .compose(given -> endStreams(streams));
    }

    private Future<?> listenOn(Duration notice) {
        return notice.isZero() || !context.config().has(NodeRole.HTTP)
                ? Future.succeededFuture()
                : context.vertx().timer(notice.toMillis());
    }

    private Future<Void> endStreams(Optional<StreamEndpoint> streams) {
        return streams.<Future<?>>map(open -> context.deploy("streams", open))
                .orElseGet(Future::succeededFuture)
                .compose(up -> context.lifecycle().add("serving", Future.succeededFuture(serving), state -> {
                    state.drain();
                    return Future.succeededFuture();
                }))
                .mapEmpty();
    }
}
