package dev.skelly.stream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.auth.AuthFeature;
import dev.skelly.auth.Authorization;
import dev.skelly.auth.EnsureSigningKey;
import dev.skelly.auth.RightsConfig;
import dev.skelly.auth.RightsSource;
import dev.skelly.auth.SecurityConfig;
import dev.skelly.auth.TokenIssuer;
import dev.skelly.auth.TokenVerifier;
import dev.skelly.bus.MessageBus;
import dev.skelly.command.ClusterCommandBus;
import dev.skelly.command.CommandExecutor;
import dev.skelly.command.CommandRegistry;
import dev.skelly.command.CommandServer;
import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.crypto.FieldEncryptor;
import dev.skelly.crypto.PrivacyConfig;
import dev.skelly.event.CommandContext;
import dev.skelly.event.Event;
import dev.skelly.event.Json;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.EventLog;
import dev.skelly.eventlog.LogReader;
import dev.skelly.eventlog.LogSource;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.CommandBus;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.http.HttpServers;
import dev.skelly.http.RateLimitCheck;
import dev.skelly.http.ServingState;
import dev.skelly.ratelimit.RateLimitConfig;
import dev.skelly.ratelimit.RateLimiter;
import dev.skelly.testing.HttpSettings;
import dev.skelly.testing.Waiting;
import dev.skelly.testkit.TestDatabase;
import dev.skelly.testkit.TestPlatform;
import dev.skelly.view.EventViews;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** As much of a node as streams need, over a real database and a real socket, with a relay that a test turns by hand. */
final class StreamNode implements AutoCloseable {

    /** Somebody signed in. */
    record Person(UUID account, UUID session, String token) {

        String channel() {
            return "user:" + account;
        }
    }

    private static final JsonMapper JSON = Json.mapper();
    private static final RateLimiter UNLIMITED = new RateLimiter(new RateLimitConfig(false, 1, 1, 1_000));
    private static final Clock CLOCK = Clock.systemUTC();

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ManualRelay relay;
    final LogReader reader;
    final CursorCodec cursors;
    final EventViews views;
    final Feed feed;
    final Authorization rights;
    final SlowKeys keys;
    final StreamEndpoint mount;
    private final Pool pool;
    private final EventLog log;
    private final TokenIssuer tokens;
    private final MessageBus bus = new MessageBus(vertx, JSON);
    private final StreamAccess access = new StreamAccess(
            new StreamConnections(bus, "node-1"),
            new LiveTopics(
                    NodeEnvironment.of(meters).named("node-1"),
                    bus,
                    this::views,
                    account -> Future.succeededFuture(Optional.empty()),
                    UNLIMITED,
                    PresenceConfig.DEFAULT));
    private final HttpServers http;
    private final String mountDeployment;
    private final AtomicBoolean drained = new AtomicBoolean();

    StreamNode(TestDatabase database, StreamConfig config) {
        this(database, config, SecurityConfig.DEFAULT, true);
    }

    /**
     * Starts it.
     *
     * @param direct whether the streams read the log themselves; else they ask the persistence role by the bus
     */
    StreamNode(TestDatabase database, StreamConfig config, SecurityConfig security, boolean direct) {
        this.pool = database.pool(vertx);
        this.reader = new LogReader(pool);
        this.cursors = Waiting.on(CursorCodec.load(pool));
        this.log = log(pool);
        this.tokens = new TokenIssuer(pool, security, JSON, CLOCK, UuidCreator::getTimeOrderedEpoch);
        var bound = new AtomicReference<CommandRegistry>();
        var commands = new ClusterCommandBus(
                bus, () -> Objects.requireNonNull(bound.get()), JSON, direct, Duration.ofSeconds(5));
        this.rights = new Authorization(
                direct ? RightsSource.direct(pool, security) : RightsSource.through(commands), RightsConfig.DEFAULT);
        this.views = new EventViews(NoteEvent.eventTypes(), rights::mayRead);
        var features = TestPlatform.over(commands)
                .at(CLOCK)
                .install(
                        new StreamFeature(this::views, access),
                        TestPlatform.privacy(Optional.empty()),
                        new AuthFeature(security));
        var streams = features.get(0);
        var bindings = new CommandRegistry(features);
        bound.set(bindings);
        persist(bindings);
        Waiting.on(commands.send(new EnsureSigningKey(), CommandContext.fresh(UUID.randomUUID())));
        var verifier = new TokenVerifier(commands, rights, security, JSON, CLOCK);
        Waiting.on(vertx.deployVerticle(verifier).compose(deployed -> vertx.deployVerticle(rights)));
        this.relay = new ManualRelay(pool, bus);
        Waiting.on(relay.start());
        var source = direct ? new LocalLogSource(reader, () -> CursorCodec.load(pool)) : new RemoteLogSource(commands);
        this.keys = new SlowKeys(commands);
        var decryptor = new FieldDecryptor(keys, PrivacyConfig.DEFAULT, JSON);
        rights.listen(loss -> decryptor.forget(loss.versions().keySet()));
        this.feed = new Feed("node-1", bus, source, () -> views, decryptor, config, CLOCK, meters);
        Waiting.on(vertx.deployVerticle(feed));
        this.mount = mount(config, source, commands, verifier);
        Waiting.on(vertx.deployVerticle(access));
        this.http = http(streams, verifier, commands);
        Waiting.on(vertx.deployVerticle(http));
        this.mountDeployment = Waiting.on(vertx.deployVerticle(mount));
    }

    private static EventLog log(Pool pool) {
        return new EventLog(
                pool,
                NoteEvent.eventTypes(),
                JSON,
                CLOCK,
                UuidCreator::getTimeOrderedEpoch,
                new FieldEncryptor(Optional.empty(), JSON),
                position -> {});
    }

    private StreamEndpoint mount(StreamConfig config, LogSource source, CommandBus commands, TokenVerifier verifier) {
        return new StreamEndpoint(
                NodeEnvironment.of(meters).at(CLOCK),
                feed,
                source,
                commands,
                verifier,
                rights,
                () -> config,
                new StreamEndpoint.StreamPeers(access, UNLIMITED, Optional::empty));
    }

    private EventViews views() {
        return views;
    }

    private void persist(CommandRegistry bindings) {
        bus.allow(ClusterCommandBus.records());
        Waiting.on(vertx.deployVerticle(new CommandServer(
                bus,
                bindings,
                new CommandExecutor(bindings, log, pool),
                () -> cursors,
                JSON,
                UuidCreator::getTimeOrderedEpoch,
                512,
                new AtomicInteger())));
    }

    private HttpServers http(InstalledFeature streams, TokenVerifier verifier, CommandBus commands) {
        return new HttpServers(
                NodeEnvironment.of(meters),
                new HttpSettings().config(),
                new HttpServers.Served(streams.routes(), Map.of()),
                List.of(mount),
                verifier,
                commands,
                new RateLimitCheck(UNLIMITED),
                new ServingState());
    }

    int port() {
        return http.port();
    }

    Person person(String... roles) {
        var account = UUID.randomUUID();
        return signIn(account, roles);
    }

    Person signIn(UUID account, String... roles) {
        return signIn(account, 0, roles);
    }

    /** A sign-in with a token of this version of the account's rights. */
    Person signIn(UUID account, int rightsVersion, String... roles) {
        var session = UUID.randomUUID();
        var all = new java.util.HashSet<>(Set.of(roles));
        all.add("user");
        return new Person(account, session, Waiting.on(tokens.sign(account, session, all, rightsVersion)));
    }

    /** Does something in one transaction. */
    @CanIgnoreReturnValue
    <T> T transact(Function<Tx, Future<T>> block) {
        return Waiting.on(log.transact(CommandContext.fresh(UUID.randomUUID()), block))
                .value();
    }

    /** Appends in one transaction; answers the write. */
    @CanIgnoreReturnValue
    long append(List<? extends Event> events) {
        var committed = Waiting.on(log.transact(CommandContext.fresh(UUID.randomUUID()), tx -> {
            Future<Void> done = Future.succeededFuture();
            for (var event : events) {
                done = done.compose(before -> tx.append(event));
            }
            return done;
        }));
        return committed.lastWrite().orElseThrow();
    }

    void appendAndStamp(Event... events) {
        append(List.of(events));
        Waiting.on(relay.stamp(500));
    }

    double meter(String name) {
        return meters.find(name).gauge() != null
                ? meters.get(name).gauges().stream()
                        .mapToDouble(io.micrometer.core.instrument.Gauge::value)
                        .sum()
                : meters.get(name).counters().stream()
                        .mapToDouble(io.micrometer.core.instrument.Counter::count)
                        .sum();
    }

    /** Ends all streams, as a node on its way down does first. */
    void drain() {
        if (drained.compareAndSet(false, true)) {
            Waiting.on(vertx.undeploy(mountDeployment));
        }
    }

    @Override
    public void close() {
        drain(); // The HTTP server waits for the connections that it handed over.
        Waiting.on(vertx.close());
    }
}
