package dev.skelly.node;

import dev.skelly.auth.FindPublicKeys;
import dev.skelly.auth.PasswordHasher;
import dev.skelly.auth.TokenVerifier;
import dev.skelly.broker.BrokerAccess;
import dev.skelly.command.ClusterCommandBus;
import dev.skelly.command.CommandExecutor;
import dev.skelly.command.CommandRegistry;
import dev.skelly.declaration.DeclarationWatchConfig;
import dev.skelly.event.CurrentEventTypes;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.feature.Platform;
import dev.skelly.feature.Projection;
import dev.skelly.feature.Route;
import dev.skelly.feature.ScheduledJob;
import dev.skelly.feature.Worker;
import dev.skelly.health.DiskCheck;
import dev.skelly.health.ReadinessCheck;
import dev.skelly.http.ServingState;
import dev.skelly.logging.ErrorCounter;
import dev.skelly.view.EventViews;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    private final ErrorCounter errors = new ErrorCounter();
    private final Optional<DatabaseServices> database;
    private final EmbeddedServers servers;
    private final CommandBus commands;
    private final TokenVerifier verifier;
    private final EventAccess events;
    private final Platform platform;
    private final List<Feature> features;
    private final List<InstalledFeature> installed;
    private final CommandRegistry registry;
    private final CurrentEventTypes types;
    private final DeclarationWatch watch;
    private volatile EventViews views;
    private volatile URI publicUrl;

    NodeBuilder(
            Vertx vertx,
            NodeConfig config,
            EmbeddedServers servers,
            Lifecycle lifecycle,
            PrometheusMeterRegistry meters) {
        var environment = NodeEnvironment.of(meters);
        this.context = NodeContext.of(vertx, config, environment, lifecycle);
        this.config = config;
        this.meters = meters;
        this.publicUrl = URI.create(config.http().publicUrl());
        this.database = servers.database().map(at -> new DatabaseServices(vertx, config, at, environment));
        this.servers = servers;
        this.commands = new ClusterCommandBus(
                context.bus(),
                this::registry,
                environment.json(),
                config.has(NodeRole.PERSISTENCE),
                config.http().requestDeadline());
        this.events = EventAccess.of(context, database, commands, this::types, this::views, this::workers);
        this.verifier = new TokenVerifier(
                commands, events.rights(), config.security(), environment.json(), environment.clock());
        this.features = Features.all(machinery(new PasswordHasher(vertx, config.security())));
        this.watch = watch(features, config);
        this.types = watch.types();
        this.views = views(types.get());
        this.platform = context.platform(commands, types, events.log(), () -> publicUrl);
        this.installed = Features.install(features, platform, config);
        this.registry = new CommandRegistry(installed);
        context.bus().allow(ClusterCommandBus.records());
        followTypes();
    }

    private Features.Machinery machinery(PasswordHasher passwords) {
        return new Features.Machinery(
                config,
                context.runtime(),
                passwords,
                () -> database.orElseThrow().tokens(),
                events,
                () -> ReadinessCheck.all(context.checks()),
                errors,
                this::installed);
    }

    private void followTypes() {
        EventTypeLoader.checkWorkers(workers(), jobs(), types.get());
        var projections = new ProjectionCheck(projections(), workers());
        projections.check(types.get());
        types.onChange(projections::checked);
        types.onChange(next -> EventTypeLoader.checked(workers(), jobs(), next));
        types.onChange(next -> () -> views = views(next));
    }

    private static DeclarationWatch watch(List<Feature> features, NodeConfig config) {
        var folder = Features.eventTypes(config);
        return new DeclarationWatch(
                folder, config.part(DeclarationWatchConfig.class), () -> EventTypeLoader.load(features, folder));
    }

    Vertx vertx() {
        return context.vertx();
    }

    private EventViews views() {
        return views;
    }

    private EventViews views(EventTypeRegistry declared) {
        return new EventViews(declared, events.rights()::mayRead);
    }

    private List<InstalledFeature> installed() {
        return installed;
    }

    private CommandRegistry registry() {
        return registry;
    }

    /** Returns every event type. */
    EventTypeRegistry types() {
        return types.get();
    }

    private List<Worker> workers() {
        return installed.stream().flatMap(feature -> feature.workers().stream()).toList();
    }

    private List<ScheduledJob> jobs() {
        return installed.stream().flatMap(feature -> feature.jobs().stream()).toList();
    }

    private List<Projection> projections() {
        return installed.stream()
                .flatMap(feature -> feature.projections().stream())
                .toList();
    }

    /** Returns the tables of all projections. */
    Set<String> projectionTables() {
        return projections().stream()
                .flatMap(projection -> projection.tables().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Migrates the tables and starts nothing. */
    Future<Integer> migrate() {
        return database.orElseThrow().migrate(features);
    }

    /** Returns the folders of migrations with the class loaders that hold them. */
    Map<String, ClassLoader> migrationFolders() {
        return DatabaseServices.migrationFolders(features);
    }

    /** Migrates the tables, starts the execution of commands, and runs one action. */
    <T> Future<T> withCommands(Function<CommandBus, Future<T>> act) {
        return database.orElseThrow()
                .prepare(features)
                .compose(prepared -> startCommands())
                .compose(done -> act.apply(commands));
    }

    /** Does the same with a service that a feature registers for the command line. */
    <S, T> Future<T> with(Class<S> type, Function<S, Future<T>> act) {
        return withCommands(ready -> act.apply(type.cast(installed.stream()
                .flatMap(feature -> Optional.ofNullable(feature.services().get(type)).stream())
                .findFirst()
                .orElseThrow()
                .get())));
    }

    /** Runs one action on the database without migrating it. */
    <T> Future<T> withDatabase(BiFunction<DatabaseServices, EventTypeRegistry, Future<T>> act) {
        return act.apply(database.orElseThrow(), types.get());
    }

    /** Starts all parts. */
    Future<StartResult> start() {
        return database.map(here -> here.await(context.waitLeft()).compose(there -> here.prepare(features)))
                .orElseGet(() -> PersistenceWait.until(vertx(), commands, context.waitLeft()))
                .compose(prepared -> startCommands())
                .onSuccess(done -> checkWhatItLivesFrom())
                .compose(done -> new StartupPart(context, installed).run(database))
                .compose(done -> context.deploy("token verifier", verifier))
                .compose(done -> context.deploy("rights", events.rights()))
                .compose(done -> context.deploy("mail", platform.mail()))
                .compose(done -> startFeatureParts())
                .compose(done -> startWatch())
                .compose(done -> config.needsBroker() ? startFlow() : Future.succeededFuture())
                .compose(done -> http().start(installed, types).onSuccess(this::listensAt))
                .compose(url -> new StartupPart(context, installed)
                        .greeting(publicUrl)
                        .map(lines -> new StartResult(url, publicUrl, lines)))
                .onSuccess(started -> serving.started());
    }

    private Future<Void> startCommands() {
        return database.map(here -> new CommandPart(context, registry).start(here, executor(here)))
                .orElseGet(Future::succeededFuture);
    }

    private void checkWhatItLivesFrom() {
        if (database.isEmpty()) {
            context.checks()
                    .add(ReadinessCheck.vital(
                            "persistence",
                            () -> commands.query(new FindPublicKeys()).mapEmpty()));
        }
        if (embeds()) {
            var folder = config.data();
            var disk = new DiskCheck(context.vertx(), folder.dir(), folder.freeMibMin(), meters);
            context.checks().addAll(List.of(disk.writes(), disk.space()));
        }
    }

    private boolean embeds() {
        return (config.needsDatabase() && config.database().address().isEmpty())
                || (config.needsBroker() && config.brokerLogin().address().isEmpty());
    }

    private CommandExecutor executor(DatabaseServices here) {
        return here.executor(registry, here.log(types, context.bus(), installed));
    }

    private Future<Void> startWatch() {
        var health = new DeclarationHealth(context.environment(), context.bus(), watch);
        context.checks().add(health);
        return context.deploy("declarations", watch)
                .compose(done -> context.deploy("declarations of nodes", health))
                .mapEmpty();
    }

    private Future<Void> startFeatureParts() {
        Future<Void> started = context.lifecycle()
                .add("error counter", Future.succeededFuture(errors.begin()), counter -> {
                    counter.close();
                    return Future.succeededFuture();
                })
                .mapEmpty();
        for (var feature : installed) {
            for (var part : feature.parts()) {
                started = started.compose(
                        before -> context.deploy(feature.name(), part).mapEmpty());
            }
        }
        return started;
    }

    private Future<Void> startFlow() {
        var here = database.orElseThrow();
        var flow = new EventFlowPart(context, here, types, installed, servers.brokerBlocked());
        return servers.broker()
                .map(address -> new BrokerAccess(address.orElseThrow(), config.broker()))
                .compose(access -> flow.startRelay(access)
                        .compose(done -> flow.startWork(access, executor(here), events.notifications())));
    }

    /** Returns every route of the program; {@code /openapi.json} is generated from them. */
    List<Route> routes() {
        return http().routes(installed, types.get());
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
