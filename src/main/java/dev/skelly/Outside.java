package dev.skelly;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.bus.Bus;
import dev.skelly.documents.DocumentsMount;
import dev.skelly.documents.Surface;
import dev.skelly.event.Catalogue;
import dev.skelly.feature.Commands;
import dev.skelly.feature.Feature;
import dev.skelly.feature.Route;
import dev.skelly.health.Check;
import dev.skelly.health.HealthPart;
import dev.skelly.health.MetricsMount;
import dev.skelly.health.RuntimeMeters;
import dev.skelly.http.HttpServerPart;
import dev.skelly.http.Lifecycle;
import dev.skelly.http.Mount;
import dev.skelly.security.RateLimits;
import dev.skelly.security.Rights;
import dev.skelly.security.TokenVerifier;
import dev.skelly.stream.Feed;
import dev.skelly.stream.LogSource;
import dev.skelly.stream.StreamMount;
import dev.skelly.view.Sights;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What answers the world: health and metrics on every node, REST and streams where its roles say so. */
final class Outside {

    private final Vertx vertx;
    private final NodeConfig config;
    private final RunningParts parts;
    private final PrometheusMeterRegistry meters;
    private final JsonMapper json;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Lifecycle lifecycle;
    private final TokenVerifier verifier;
    private final Rights rights;
    private final List<Check> checks;

    Outside(
            Vertx vertx,
            NodeConfig config,
            RunningParts parts,
            PrometheusMeterRegistry meters,
            JsonMapper json,
            Clock clock,
            Supplier<UUID> ids,
            Lifecycle lifecycle,
            TokenVerifier verifier,
            Rights rights,
            List<Check> checks) {
        this.vertx = vertx;
        this.config = config;
        this.parts = parts;
        this.meters = meters;
        this.json = json;
        this.clock = clock;
        this.ids = ids;
        this.lifecycle = lifecycle;
        this.verifier = verifier;
        this.rights = rights;
        this.checks = checks;
    }

    /** Listens last, when all that it answers from is up; the URL. */
    Future<String> start(
            String node,
            Bus bus,
            LogSource log,
            Commands commands,
            Sights sights,
            SecureRandom random,
            List<Feature> features,
            Catalogue catalogue) {
        var health = new HealthPart(checks, lifecycle, json);
        var mounts = new ArrayList<Mount>(List.of(health, new MetricsMount(meters)));
        var feed = new Feed(node, bus, log, sights, config.stream(), clock, meters);
        var stream = new StreamMount(feed, log, commands, verifier, rights, config.stream(), clock, ids, random);
        var streams = Optional.of(stream).filter(mount -> config.has(Role.STREAM));
        streams.ifPresent(mounts::add);
        if (config.has(Role.HTTP)) {
            mounts.add(documents(features, catalogue, health, stream));
        }
        return streams.<Future<?>>map(open -> parts.deploy(vertx, "feed", feed))
                .orElseGet(Future::succeededFuture)
                .compose(fed -> parts.deploy(vertx, "health", health))
                .compose(up -> parts.deploy(vertx, "runtime meters", new RuntimeMeters(meters, Wiring.LOOPS)))
                .compose(up -> parts.deploy(vertx, "http", http(routes(features), mounts, commands)))
                .compose(http -> endStreamsFirst(streams).map(http.url()));
    }

    private List<Route> routes(List<Feature> features) {
        return config.has(Role.HTTP) ? Rooms.routes(features) : List.of();
    }

    /* What the program offers as a whole, whichever part of it this node answers. */
    private DocumentsMount documents(List<Feature> features, Catalogue catalogue, Mount... mounts) {
        var mounted = new ArrayList<>(HttpServerPart.described());
        mounted.addAll(new MetricsMount(meters).routes());
        List.of(mounts).forEach(mount -> mounted.addAll(mount.routes()));
        var version = Outside.class.getPackage().getImplementationVersion();
        return new DocumentsMount(
                new Surface(features, mounted, catalogue, version == null ? "unpackaged" : version), json);
    }

    private HttpServerPart http(List<Route> routes, List<Mount> mounts, Commands commands) {
        var limits = new RateLimits(config.rateLimit());
        return new HttpServerPart(
                config.http(), routes, mounts, verifier, commands, limits, lifecycle, meters, json, ids);
    }

    /* What was deployed last stops first: the node says it is draining, then its streams part, then requests under way end. */
    private Future<Void> endStreamsFirst(Optional<StreamMount> streams) {
        return streams.<Future<?>>map(open -> parts.deploy(vertx, "streams", open))
                .orElseGet(Future::succeededFuture)
                .compose(up -> parts.add("serving", Future.succeededFuture(lifecycle), serving -> {
                    serving.drain();
                    return Future.succeededFuture();
                }))
                .mapEmpty();
    }
}
