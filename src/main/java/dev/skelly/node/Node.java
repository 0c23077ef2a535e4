package dev.skelly.node;

import dev.skelly.cluster.ClusterMember;
import dev.skelly.config.Settings;
import dev.skelly.event.EventType;
import dev.skelly.eventlog.ChainCheckpoint;
import dev.skelly.eventlog.UndeclaredTypeTable;
import dev.skelly.eventlog.VerificationReport;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Route;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A running node. */
public final class Node {

    /** The greatest number of undeclared types that are named. */
    public static final int UNDECLARED_MAX = 100;

    private final Vertx vertx;
    private final Lifecycle parts;
    private final StartResult started;

    private Node(Vertx vertx, Lifecycle parts, StartResult started) {
        this.vertx = vertx;
        this.parts = parts;
        this.started = started;
    }

    /**
     * Starts the parts that the settings require, one after the other.
     *
     * @param onBroken gets the reason when the process can no longer be trusted and must end
     * @return fails with the first error, after the started parts are stopped
     */
    public static Future<Node> start(NodeConfig config, Consumer<String> onBroken) {
        return begin(config, onBroken).node();
    }

    /** A start in progress, which can be stopped. */
    public record NodeStart(Future<Node> node, Lifecycle parts) {

        /** Stops the started parts and the start in progress. Never fails, and may be called twice. */
        public Future<Void> stop() {
            return parts.stop();
        }
    }

    /** Begins a start that can be stopped before it completes. */
    public static NodeStart begin(NodeConfig config, Consumer<String> onBroken) {
        var parts = new Lifecycle();
        return new NodeStart(start(config, parts, onBroken), parts);
    }

    private static Future<Node> start(NodeConfig config, Lifecycle parts, Consumer<String> onBroken) {
        return Future.succeededFuture(config)
                .compose(Node::checked)
                .compose(types -> builder(config, parts, onBroken))
                .compose(builder -> builder.start().map(started -> new Node(builder.vertx(), parts, started)))
                .recover(failure -> parts.stop().transform(stopped -> Future.failedFuture(failure)));
    }

    /* Errors in declarations of events are reported before a database is created. */
    private static Future<List<String>> checked(NodeConfig config) {
        PreflightCheck.check(config);
        OwnerOnlyPaths.mend(config);
        return eventTypes(config.forOneCommand());
    }

    /** Migrates the tables and stops. Returns the number of migrations. */
    public static Future<Integer> migrate(NodeConfig config) {
        return once(config, NodeBuilder::migrate);
    }

    /** Uses a service that a feature registers for the command line, and stops. */
    public static <S, T> Future<T> with(NodeConfig config, Class<S> type, Function<S, Future<T>> act) {
        return once(config, builder -> builder.with(type, act));
    }

    /** Sends commands and queries of the operator and stops. */
    public static <T> Future<T> withCommands(NodeConfig config, Function<CommandBus, Future<T>> act) {
        return once(config, builder -> builder.withCommands(act));
    }

    /** Returns the names of all event types; starts nothing. Fails with {@link dev.skelly.config.InvalidSettingsException}. */
    public static Future<List<String>> eventTypes(NodeConfig config) {
        return unstarted(
                config,
                builder -> builder.types().types().stream().map(EventType::name).toList());
    }

    /**
     * Returns, by name, event types that the log holds and that are not declared, at most {@link #UNDECLARED_MAX}; empty when the settings name no
     * database. Starts and changes nothing.
     */
    public static Future<List<UndeclaredTypeTable.UndeclaredType>> undeclaredTypes(NodeConfig config) {
        return config.database()
                .address()
                .map(at -> unstarted(config, EmbeddedServers.over(at), Node::undeclaredIn))
                .orElseGet(() -> Future.succeededFuture(List.of()));
    }

    private static Future<List<UndeclaredTypeTable.UndeclaredType>> undeclaredIn(NodeBuilder builder) {
        return builder.withDatabase(
                (storage, types) -> UndeclaredTypeTable.find(storage.pool(), types.names(), UNDECLARED_MAX));
    }

    /** Returns every route of the program, by path; starts nothing. {@code /openapi.json} is generated from them. */
    public static Future<List<Route>> routes(NodeConfig config) {
        return unstarted(config, NodeBuilder::routes);
    }

    private static <T> Future<T> unstarted(NodeConfig config, Function<NodeBuilder, T> question) {
        return unstarted(
                config,
                EmbeddedServers.NONE,
                builder -> Future.succeededFuture(builder).map(question));
    }

    private static <T> Future<T> unstarted(
            NodeConfig config, EmbeddedServers servers, Function<NodeBuilder, Future<T>> question) {
        var parts = new Lifecycle();
        var meters = meters();
        return vertx(config, parts, meters)
                .map(vertx -> new NodeBuilder(vertx, config, servers, parts, meters))
                .compose(question)
                .transform(ended -> parts.stop().transform(stopped -> Future.future(promise -> promise.handle(ended))));
    }

    /** Verifies the hash chain of the log and stops. */
    public static Future<VerificationReport> verifyLog(NodeConfig config, long from, long to, Optional<Path> sealFile) {
        return once(
                config,
                builder ->
                        builder.withDatabase((storage, eventTypes) -> storage.verify(eventTypes, from, to, sealFile)));
    }

    /** Stores a checkpoint of the hash chain and stops. Empty if the log is empty. */
    public static Future<Optional<ChainCheckpoint>> sealLog(NodeConfig config) {
        return once(config, builder -> builder.withDatabase((storage, eventTypes) -> storage.seal()));
    }

    /** Encrypts every key in the database with the present master key and stops. Returns the number of changed keys. */
    public static Future<Integer> rotateMaster(NodeConfig config) {
        return once(config, builder -> builder.withDatabase((storage, eventTypes) -> storage.rotateMaster()));
    }

    /** Acts on parts that are not started, and stops what was started for that. */
    static <T> Future<T> once(NodeConfig config, Function<NodeBuilder, Future<T>> act) {
        var parts = new Lifecycle();
        return builder(config, parts, why -> {})
                .compose(act)
                .transform(ended -> parts.stop().transform(stopped -> Future.future(promise -> promise.handle(ended))));
    }

    private static Future<Vertx> vertx(NodeConfig config, Lifecycle parts, PrometheusMeterRegistry meters) {
        var options = new VertxOptions().setPreferNativeTransport(true);
        if (!config.cluster().enabled()) {
            return parts.add("vertx", Future.succeededFuture(Vertx.vertx(options)), Vertx::close);
        }
        return parts.add("cluster", ClusterMember.join(config.cluster(), meters), ClusterMember::leave)
                .compose(member -> parts.add("vertx", member.vertx(options), Vertx::close));
    }

    private static Future<NodeBuilder> builder(NodeConfig config, Lifecycle parts, Consumer<String> onBroken) {
        var meters = meters();
        return vertx(config, parts, meters)
                .compose(vertx -> EmbeddedServers.lay(vertx, config, parts, onBroken)
                        .compose(foundation -> vertx.executeBlocking(config::withMasterKey)
                                .map(complete -> new NodeBuilder(vertx, complete, foundation, parts, meters))));
    }

    private static PrometheusMeterRegistry meters() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    /** Returns whether the working directory has a settings file, or there are declared event types. Blocks. */
    public static boolean isConfigured(NodeConfig config) {
        return Files.exists(Settings.FILE) || Files.exists(Features.eventTypes(config));
    }

    /** Returns the URL where the node listens, e.g. {@code http://127.0.0.1:8080}. */
    public String url() {
        return started.url();
    }

    /** Returns the URL for browsers: the setting, or the URL where the node listens. */
    public URI publicUrl() {
        return started.publicUrl();
    }

    /** Returns lines of the features for the operator. They may hold a secret, so they are printed once and not logged. */
    public List<String> greeting() {
        return started.greeting();
    }

    /** Returns the Vert.x instance, for tests that lose messages of the bus. */
    public Vertx vertx() {
        return vertx;
    }

    /** Drains the node and stops all parts in reverse. Never fails, and may be called twice. */
    public Future<Void> stop() {
        return parts.stop();
    }
}
