package dev.skelly.node;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import dev.skelly.auth.AuthFeature;
import dev.skelly.auth.Authorization;
import dev.skelly.auth.RightsSource;
import dev.skelly.auth.TokenVerifier;
import dev.skelly.broker.BrokerAddress;
import dev.skelly.bus.MessageBus;
import dev.skelly.command.ClusterCommandBus;
import dev.skelly.command.CommandExecutor;
import dev.skelly.command.CommandRegistry;
import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.crypto.MasterKey;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.event.Json;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.Feature;
import dev.skelly.feature.Route;
import dev.skelly.feature.Worker;
import dev.skelly.features.audit.AuditFeature;
import dev.skelly.features.audit.AuditTable;
import dev.skelly.features.deadletters.DeadLettersFeature;
import dev.skelly.features.events.EventsFeature;
import dev.skelly.features.history.HistoryFeature;
import dev.skelly.features.privacy.PrivacyFeature;
import dev.skelly.features.roles.RolesFeature;
import dev.skelly.features.settings.SettingsFeature;
import dev.skelly.features.signingkeys.SigningKeysFeature;
import dev.skelly.features.transfer.EventTransfer;
import dev.skelly.features.transfer.TransferFeature;
import dev.skelly.health.ReadinessCheck;
import dev.skelly.http.ServingState;
import dev.skelly.idempotency.IdempotencyFeature;
import dev.skelly.stream.LocalLogSource;
import dev.skelly.stream.RemoteLogSource;
import dev.skelly.stream.StreamFeature;
import dev.skelly.view.EventViews;
import dev.skelly.worker.EmitterNotifications;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Builds every object of a node, by hand, and starts the parts in order: storage, commands, keys, the feed, the relay, the workers, and last
 * what answers the world. They stop in reverse.
 */
final class NodeBuilder {

    static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private final Vertx vertx;
    private final NodeConfig config;
    private final Lifecycle parts;
    private final PrometheusMeterRegistry meters;

    private final JsonMapper json = Json.mapper();
    private final Clock clock = Clock.systemUTC();
    private final Supplier<UUID> ids = UuidCreator::getTimeOrderedEpoch;
    private final SecureRandom random = new SecureRandom();
    private final ServingState lifecycle = new ServingState();
    private final String node = ids.get().toString();
    private final Optional<DatabaseServices> storage;
    private final Future<Optional<BrokerAddress>> broker;
    private final MessageBus bus;
    private final CommandBus commands;
    private final Authorization rights;
    private final TokenVerifier verifier;
    private final FieldDecryptor opener;
    private final AuditTable audit;
    private final Features.Services services;
    private final List<Feature> features;
    private final EmitterNotifications outcomes = new EmitterNotifications(this::catalogue, this::workers);
    private final CommandRegistry bindings;
    private final EventTypeRegistry catalogue;
    private final EventViews sights;
    private final List<ReadinessCheck> checks = new ArrayList<>(); // Confined to the start.
    private volatile Supplier<URI> publicUrl;

    NodeBuilder(
            Vertx vertx,
            NodeConfig config,
            List<Feature> guests,
            EmbeddedServers foundation,
            Lifecycle parts,
            PrometheusMeterRegistry meters) {
        this.vertx = vertx;
        this.config = config;
        this.parts = parts;
        this.meters = meters;
        this.storage = foundation.database().map(at -> new DatabaseServices(vertx, config, at, json, clock, ids));
        this.broker = foundation.broker();
        this.publicUrl = () -> URI.create(config.http().publicUrl());
        this.bus = new MessageBus(vertx, json);
        this.commands = commands();
        this.rights = new Authorization(
                storage.map(DatabaseServices::rights).orElseGet(() -> RightsSource.through(commands)), config.rights());
        this.verifier = new TokenVerifier(commands, rights, config.security(), json, clock);
        this.opener = new FieldDecryptor(commands, config.privacy(), json);
        rights.listen(loss -> opener.forget(loss.versions().keySet()));
        this.audit = new AuditTable(json, clock, ids);
        this.services = Features.Services.of(
                vertx,
                config,
                commands,
                () -> storage.orElseThrow().tokens(),
                () -> publicUrl.get(),
                audit,
                this::allFeatures,
                clock,
                ids);
        this.features = features(guests);
        this.bindings = new CommandRegistry(features);
        this.catalogue = EventTypeLoader.of(features, config.events().dir());
        this.sights = new EventViews(catalogue, rights::mayRead);
        bus.allow(ClusterCommandBus.records());
    }

    private CommandBus commands() {
        var deadline = config.http().requestDeadline();
        return new ClusterCommandBus(bus, this::bindings, json, config.has(NodeRole.PERSISTENCE), deadline);
    }

    private EventsFeature emission() {
        return new EventsFeature(
                commands,
                this::catalogue,
                () -> storage.orElseThrow().cursors(),
                outcomes,
                rights,
                config.events(),
                json,
                clock,
                ids,
                meters);
    }

    private LogSource logSource() {
        return storage.<LogSource>map(
                        here -> new LocalLogSource(here.reader(), () -> Future.succeededFuture(here.cursors())))
                .orElseGet(() -> new RemoteLogSource(commands));
    }

    private CommandRegistry bindings() {
        return bindings;
    }

    private List<Feature> allFeatures() {
        return features;
    }

    /** Every event type. */
    EventTypeRegistry catalogue() {
        return catalogue;
    }

    private List<Feature> features(List<Feature> guests) {
        return Stream.concat(
                        Stream.of(
                                new AuthFeature(config.security(), json, clock, ids),
                                new SigningKeysFeature(commands, audit, config.security(), json, clock, ids),
                                new RolesFeature(commands, audit, Features::roleHeld),
                                new PrivacyFeature(
                                        MasterKey.configured(config.security().masterKey()), this::catalogue),
                                new IdempotencyFeature(config.idempotency()),
                                new AuditFeature(commands, audit),
                                new DeadLettersFeature(commands, json, audit),
                                new StreamFeature(commands, random, () -> sights),
                                new HistoryFeature(commands, () -> sights, this::logSource, opener, json),
                                new SettingsFeature(audit),
                                new TransferFeature(this::catalogue, audit, json),
                                emission()),
                        Stream.concat(Features.all(services).stream(), guests.stream()))
                .toList();
    }

    private List<Worker> workers() {
        return features.stream().flatMap(feature -> feature.workers().stream()).toList();
    }

    /** Brings the tables up to date and does nothing else. */
    Future<Integer> migrate() {
        return storage.orElseThrow().migrate(features);
    }

    /** Starts what commands need, over tables that are brought up to date, and does one thing with the features. */
    <T> Future<T> withFeatures(Function<Features.Services, Future<T>> act) {
        return storage.orElseThrow()
                .prepare(features)
                .compose(prepared -> startPersistence())
                .compose(done -> act.apply(services));
    }

    /** Does one thing with the log, over tables that are brought up to date. */
    <T> Future<T> withLog(Function<EventTransfer, Future<T>> act) {
        var here = storage.orElseThrow();
        return withFeatures(features -> act.apply(
                new EventTransfer(vertx, commands, here.reader(), here.cursors(), catalogue, opener, json, ids)));
    }

    /** Does one thing with the database whose tables are up to date already. */
    <T> Future<T> withStorage(BiFunction<DatabaseServices, EventTypeRegistry, Future<T>> act) {
        return act.apply(storage.orElseThrow(), catalogue);
    }

    /** Starts everything. */
    Future<StartResult> start() {
        return storage.map(here -> here.prepare(features))
                .orElseGet(Future::succeededFuture)
                .compose(prepared -> startPersistence())
                .compose(done -> config.has(NodeRole.PERSISTENCE)
                        ? StartupSteps.run(storage.orElseThrow(), config, services)
                        : Future.succeededFuture())
                .compose(done -> parts.deploy(vertx, "token verifier", verifier))
                .compose(done -> parts.deploy(vertx, "rights", rights))
                .compose(done -> parts.deploy(vertx, "postbox", services.postbox()))
                .compose(done -> startFlow())
                .compose(done -> startOutside())
                .compose(url -> new AdministratorSetup(config, services)
                        .link(publicUrl.get())
                        .map(link -> new StartResult(url, publicUrl.get(), link)))
                .onSuccess(started -> lifecycle.started());
    }

    private Future<Void> startPersistence() {
        return storage.map(
                        here -> new CommandPart(vertx, config, parts, bus, bindings, json, clock, ids, meters, checks)
                                .start(here, runner(here)))
                .orElseGet(Future::succeededFuture);
    }

    private CommandExecutor runner(DatabaseServices here) {
        return here.runner(bindings, here.log(catalogue, bus));
    }

    private Future<Void> startFlow() {
        if (!config.needsBroker()) {
            return Future.succeededFuture();
        }
        var here = storage.orElseThrow();
        var flow = new EventFlowPart(vertx, node, config, parts, bus, workers(), clock, random, meters, checks);
        return broker.map(Optional::orElseThrow)
                .compose(address -> flow.startRelay(here, address, catalogue)
                        .compose(done -> flow.startWork(
                                here,
                                address,
                                here.log(catalogue, bus),
                                runner(here),
                                outcomes,
                                catalogue,
                                json,
                                ids)));
    }

    /** Every HTTP resource of the program; what {@code /openapi.json} is made of. */
    List<Route> routes() {
        return outside().routes(features, catalogue);
    }

    private HttpPart outside() {
        return new HttpPart(
                vertx,
                node,
                config,
                parts,
                bus,
                logSource(),
                commands,
                sights,
                opener,
                verifier,
                rights,
                lifecycle,
                checks,
                json,
                clock,
                random,
                ids,
                meters);
    }

    private Future<String> startOutside() {
        return outside().start(features, catalogue).onSuccess(url -> {
            if (config.http().publicUrl().isEmpty()) {
                publicUrl = () -> URI.create(url);
            }
        });
    }
}
