package dev.skelly.node;

import dev.skelly.auth.TokenVerifier;
import dev.skelly.broker.BrokerAccess;
import dev.skelly.broker.BrokerAddress;
import dev.skelly.bus.MessageBus;
import dev.skelly.command.ClusterCommandBus;
import dev.skelly.command.CommandExecutor;
import dev.skelly.command.CommandRegistry;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Route;
import dev.skelly.feature.Worker;
import dev.skelly.features.transfer.EventTransfer;
import dev.skelly.http.ServingState;
import dev.skelly.view.EventViews;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Builds every object of a node and starts the parts in order: database, commands, keys, relay, workers, and last HTTP with the streams. They
 * stop in reverse.
 */
final class NodeBuilder {

    static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private final NodeContext context;
    private final NodeConfig config;
    private final PrometheusMeterRegistry meters;
    private final ServingState serving = new ServingState();
    private final Optional<DatabaseServices> database;
    private final Future<Optional<BrokerAddress>> broker;
    private final CommandBus commands;
    private final TokenVerifier verifier;
    private final EventAccess events;
    private final Features.Services services;
    private final List<Feature> features;
    private final CommandRegistry registry;
    private final EventTypeRegistry types;
    private final EventViews views;
    private volatile URI publicUrl;

    NodeBuilder(
            Vertx vertx,
            NodeConfig config,
            List<Feature> more,
            EmbeddedServers servers,
            Lifecycle lifecycle,
            PrometheusMeterRegistry meters) {
        var platform = Platform.of(meters);
        var bus = new MessageBus(vertx, platform.json());
        this.context = new NodeContext(vertx, config, platform, lifecycle, bus, new ArrayList<>());
        this.config = config;
        this.meters = meters;
        this.publicUrl = URI.create(config.http().publicUrl());
        this.database = servers.database().map(at -> new DatabaseServices(vertx, config, at, platform));
        this.broker = servers.broker();
        this.commands = new ClusterCommandBus(
                bus,
                this::registry,
                platform.json(),
                config.has(NodeRole.PERSISTENCE),
                config.http().requestDeadline());
        this.events = EventAccess.of(context, database, commands, this::types, this::views, this::workers);
        this.verifier =
                new TokenVerifier(commands, events.rights(), config.security(), platform.json(), platform.clock());
        this.services = Features.Services.of(
                context, commands, events, () -> database.orElseThrow().tokens(), () -> publicUrl, this::features);
        this.features = Stream.concat(Features.standard(services).stream(), more.stream())
                .toList();
        this.types = EventTypeLoader.of(features, config.events().dir());
        this.registry = new CommandRegistry(features);
        this.views = new EventViews(types, events.rights()::mayRead);
        bus.allow(ClusterCommandBus.records());
    }

    private EventViews views() {
        return views;
    }

    private List<Feature> features() {
        return features;
    }

    private CommandRegistry registry() {
        return registry;
    }

    /** Returns every event type. */
    EventTypeRegistry types() {
        return types;
    }

    private List<Worker> workers() {
        return features.stream().flatMap(feature -> feature.workers().stream()).toList();
    }

    /** Migrates the tables and starts nothing. */
    Future<Integer> migrate() {
        return database.orElseThrow().migrate(features);
    }

    /** Migrates the tables, starts the execution of commands, and runs one action. */
    <T> Future<T> withFeatures(Function<Features.Services, Future<T>> act) {
        return database.orElseThrow()
                .prepare(features)
                .compose(prepared -> startCommands())
                .compose(done -> act.apply(services));
    }

    /** Migrates the tables, starts the execution of commands, and runs one action on the log. */
    <T> Future<T> withLog(Function<EventTransfer, Future<T>> act) {
        var here = database.orElseThrow();
        var platform = context.platform();
        return withFeatures(ready -> act.apply(new EventTransfer(
                context.vertx(),
                commands,
                here.reader(),
                here.cursors(),
                types,
                events.decryptor(),
                platform.json(),
                platform.ids())));
    }

    /** Runs one action on the database without migrating it. */
    <T> Future<T> withDatabase(BiFunction<DatabaseServices, EventTypeRegistry, Future<T>> act) {
        return act.apply(database.orElseThrow(), types);
    }

    /** Starts all parts. */
    Future<StartResult> start() {
        return database.map(here -> here.prepare(features))
                .orElseGet(Future::succeededFuture)
                .compose(prepared -> startCommands())
                .compose(done -> config.has(NodeRole.PERSISTENCE)
                        ? StartupSteps.run(database.orElseThrow(), config, services)
                        : Future.succeededFuture())
                .compose(done -> context.deploy("token verifier", verifier))
                .compose(done -> context.deploy("rights", events.rights()))
                .compose(done -> context.deploy("postbox", services.mailing().sender()))
                .compose(done -> config.needsBroker() ? startFlow() : Future.succeededFuture())
                .compose(done -> http().start(features, types).onSuccess(this::listensAt))
                .compose(url -> new AdministratorSetup(config, services)
                        .link(publicUrl)
                        .map(link -> new StartResult(url, publicUrl, link)))
                .onSuccess(started -> serving.started());
    }

    private Future<Void> startCommands() {
        return database.map(here -> new CommandPart(context, registry).start(here, executor(here)))
                .orElseGet(Future::succeededFuture);
    }

    private CommandExecutor executor(DatabaseServices here) {
        return here.executor(registry, here.log(types, context.bus()));
    }

    private Future<Void> startFlow() {
        var here = database.orElseThrow();
        var flow = new EventFlowPart(context, here, types, workers());
        return broker.map(address -> new BrokerAccess(address.orElseThrow(), config.broker()))
                .compose(access -> flow.startRelay(access)
                        .compose(done -> flow.startWork(access, executor(here), events.notifications())));
    }

    /** Returns every route of the program; {@code /openapi.json} is generated from them. */
    List<Route> routes() {
        return http().routes(features, types);
    }

    private HttpPart http() {
        return new HttpPart(context, meters, events, commands, verifier, serving);
    }

    private void listensAt(String url) {
        if (config.http().publicUrl().isEmpty()) {
            publicUrl = URI.create(url);
        }
    }
}
