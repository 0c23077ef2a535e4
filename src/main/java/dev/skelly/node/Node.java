package dev.skelly.node;

import dev.skelly.cluster.ClusterStarter;
import dev.skelly.event.EventType;
import dev.skelly.eventlog.ChainCheckpoint;
import dev.skelly.eventlog.VerificationReport;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.Route;
import dev.skelly.feature.UserAdmin;
import dev.skelly.features.transfer.EventTransfer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A running Skelly. */
public final class Node {

    private final Vertx vertx;
    private final Lifecycle parts;
    private final StartResult started;

    private Node(Vertx vertx, Lifecycle parts, StartResult started) {
        this.vertx = vertx;
        this.parts = parts;
        this.started = started;
    }

    /**
     * Starts every part that the settings ask for, each after the one before it is up.
     *
     * @param onBroken told why, when the process can no longer be trusted and must end
     * @return fails with what went wrong first, after what had started was stopped again
     */
    public static Future<Node> start(NodeConfig config, Consumer<String> onBroken) {
        return start(config, List.of(), onBroken);
    }

    /**
     * The same with more features.
     *
     * @param guests besides those of {@link Features}
     */
    public static Future<Node> start(NodeConfig config, List<Feature> guests, Consumer<String> onBroken) {
        return start(config, guests, new Lifecycle(), onBroken);
    }

    /** A node that is being started, and can be told to end before it has. */
    public record NodeStart(Future<Node> node, Lifecycle parts) {

        /** Ends what has started, and what is being started just now; never fails, and may be called twice. */
        public Future<Void> stop() {
            return parts.stop();
        }
    }

    /** As {@link #start(NodeConfig, Consumer)}, for whoever may not want to wait for it. */
    public static NodeStart begin(NodeConfig config, Consumer<String> onBroken) {
        var parts = new Lifecycle();
        return new NodeStart(start(config, List.of(), parts, onBroken), parts);
    }

    private static Future<Node> start(
            NodeConfig config, List<Feature> guests, Lifecycle parts, Consumer<String> onBroken) {
        return Future.succeededFuture(config)
                .compose(Node::checked)
                .compose(types -> vertx(config, parts))
                .compose(vertx -> wiring(vertx, config, guests, parts, onBroken)
                        .compose(NodeBuilder::start)
                        .map(started -> new Node(vertx, parts, started)))
                .recover(failure -> parts.stop().transform(stopped -> Future.failedFuture(failure)));
    }

    /* What is wrong with declarations of events, too, is told of before a database is made. */
    private static Future<List<String>> checked(NodeConfig config) {
        PreflightCheck.check(config);
        return eventTypes(config.forOneCommand());
    }

    /** Brings the tables up to date and stops again; how many migrations ran. */
    public static Future<Integer> migrate(NodeConfig config) {
        return once(config, NodeBuilder::migrate);
    }

    /** Looks after people and stops again. */
    public static <T> Future<T> withPeople(NodeConfig config, Function<UserAdmin, Future<T>> act) {
        return once(config, wiring -> wiring.withFeatures(services -> act.apply(Features.people(services))));
    }

    /** Takes events out of the log, or puts some in, and stops again. */
    public static <T> Future<T> withLog(NodeConfig config, Function<EventTransfer, Future<T>> act) {
        return once(config, wiring -> wiring.withLog(act));
    }

    /** Sends commands and asks queries as the operator, and stops again. */
    public static <T> Future<T> withCommands(NodeConfig config, Function<CommandBus, Future<T>> act) {
        return once(config, wiring -> wiring.withFeatures(services -> act.apply(services.commands())));
    }

    /** Reads all event types and starts nothing; their names. Fails with {@link dev.skelly.config.InvalidSettingsException}. */
    public static Future<List<String>> eventTypes(NodeConfig config) {
        return unstarted(
                config,
                wiring -> wiring.types().types().stream().map(EventType::name).toList());
    }

    /** Every HTTP resource of the program, by path; starts nothing. What {@code /openapi.json} is made of. */
    public static Future<List<Route>> routes(NodeConfig config) {
        return unstarted(config, NodeBuilder::routes);
    }

    private static <T> Future<T> unstarted(NodeConfig config, Function<NodeBuilder, T> question) {
        var parts = new Lifecycle();
        return vertx(config, parts)
                .map(vertx -> new NodeBuilder(vertx, config, List.of(), EmbeddedServers.NONE, parts, meters()))
                .map(question)
                .transform(ended -> parts.stop().transform(stopped -> Future.future(promise -> promise.handle(ended))));
    }

    /** Walks along the chain of the log and stops again. */
    public static Future<VerificationReport> verifyLog(NodeConfig config, long from, long to, Optional<Path> sealFile) {
        return once(
                config,
                wiring -> wiring.withDatabase((storage, catalogue) -> storage.verify(catalogue, from, to, sealFile)));
    }

    /** Notes the chain's head and stops again; empty when the log is. */
    public static Future<Optional<ChainCheckpoint>> sealLog(NodeConfig config) {
        return once(config, wiring -> wiring.withDatabase((storage, catalogue) -> storage.seal()));
    }

    /** Seals every key in the database under the present master key and stops again; how many there were to do. */
    public static Future<Integer> rotateMaster(NodeConfig config) {
        return once(config, wiring -> wiring.withDatabase((storage, catalogue) -> storage.rotateMaster()));
    }

    private static <T> Future<T> once(NodeConfig config, Function<NodeBuilder, Future<T>> act) {
        var parts = new Lifecycle();
        return vertx(config, parts)
                .compose(vertx -> wiring(vertx, config, List.of(), parts, why -> {}))
                .compose(act)
                .transform(ended -> parts.stop().transform(stopped -> Future.future(promise -> promise.handle(ended))));
    }

    private static Future<Vertx> vertx(NodeConfig config, Lifecycle parts) {
        var options = new VertxOptions().setPreferNativeTransport(true);
        return parts.add("vertx", ClusterStarter.start(options, config.cluster()), Vertx::close);
    }

    private static Future<NodeBuilder> wiring(
            Vertx vertx, NodeConfig config, List<Feature> guests, Lifecycle parts, Consumer<String> onBroken) {
        return EmbeddedServers.lay(vertx, config, parts, onBroken)
                .compose(foundation -> vertx.executeBlocking(config::withMasterKey)
                        .map(complete -> new NodeBuilder(vertx, complete, guests, foundation, parts, meters())));
    }

    private static PrometheusMeterRegistry meters() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    /** Where it answers, e.g. {@code http://127.0.0.1:8080}. */
    public String url() {
        return started.url();
    }

    /** How browsers reach it: as the setting says, else where it answers. */
    public URI publicUrl() {
        return started.publicUrl();
    }

    /** The link that makes the first administrator; empty where there is one. A secret, to be shown once. */
    public Optional<String> firstAdministrator() {
        return started.firstAdministrator();
    }

    /** For tests: the bus on which hints can be made to get lost. */
    public Vertx vertx() {
        return vertx;
    }

    /** Drains and stops everything in reverse; never fails, and may be called twice. */
    public Future<Void> stop() {
        return parts.stop();
    }
}
