package dev.skelly.node;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.auth.RightsSource;
import dev.skelly.auth.TokenIssuer;
import dev.skelly.bus.MessageBus;
import dev.skelly.checkpoint.DailyCheckpoint;
import dev.skelly.command.AppendNotifier;
import dev.skelly.command.CommandExecutor;
import dev.skelly.command.CommandRegistry;
import dev.skelly.config.StartException;
import dev.skelly.crypto.FieldEncryptor;
import dev.skelly.crypto.MasterKey;
import dev.skelly.crypto.SubjectKeys;
import dev.skelly.database.ConnectionPools;
import dev.skelly.database.DatabaseAddress;
import dev.skelly.database.DatabaseWait;
import dev.skelly.database.DurabilityCheck;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.eventlog.ChainCheckpoint;
import dev.skelly.eventlog.CheckpointFile;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.EventLog;
import dev.skelly.eventlog.FailedMigrationException;
import dev.skelly.eventlog.HashChainVerifier;
import dev.skelly.eventlog.LogReader;
import dev.skelly.eventlog.Migrations;
import dev.skelly.eventlog.RetentionPeriods;
import dev.skelly.eventlog.StoredRetentionTable;
import dev.skelly.eventlog.VerificationReport;
import dev.skelly.feature.Feature;
import dev.skelly.feature.InstalledFeature;
import dev.skelly.feature.NodeEnvironment;
import dev.skelly.projection.InlineProjections;
import dev.skelly.projection.ProjectionLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The database connections of a node, the log, and the services that are built on them. */
final class DatabaseServices {

    private final Vertx vertx;
    private final NodeConfig config;
    private final DatabaseAddress address;
    private final Pool pool;
    private final Pool rightsPool;
    private final LogReader reader;
    private final TokenIssuer tokens;
    private final FieldEncryptor vault;
    private final JsonMapper json;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final EpochWatch cursors;

    DatabaseServices(Vertx vertx, NodeConfig config, DatabaseAddress address, NodeEnvironment environment) {
        this.vertx = vertx;
        this.config = config;
        this.address = address;
        this.json = environment.json();
        this.clock = environment.clock();
        this.ids = environment.ids();
        this.pool = ConnectionPools.open(vertx, address, config.db());
        this.rightsPool = ConnectionPools.single(vertx, address, config.db(), "skelly-rights");
        this.reader = new LogReader(pool);
        this.cursors = new EpochWatch(vertx, pool);
        this.vault = new FieldEncryptor(MasterKey.configured(config.security().masterKey()), json);
        this.tokens = new TokenIssuer(pool, config.security(), json, clock, ids);
    }

    /** Waits for a database that is not there yet. */
    Future<Void> await(Duration longest) {
        return DatabaseWait.until(vertx, pool, address, longest)
                .recover(failure -> Future.failedFuture(new StartException(
                        "db.url: " + address.host() + ":" + address.port() + " does not let this node in: "
                                + failure.getMessage() + " (expected: a database that does within start.timeout)")));
    }

    /** Checks the durability of the database, migrates the tables, and reads the identity of the log. */
    Future<Void> prepare(Collection<Feature> features) {
        return DurabilityCheck.check(pool, config.database().unsafe())
                .compose(safe -> migrate(features))
                .compose(migrated -> cursors.start());
    }

    Future<Integer> migrate(Collection<Feature> features) {
        var migrations = new Migrations(address.jdbcUrl(), address.user(), address.password());
        var folders = migrationFolders(features);
        return vertx.executeBlocking(() -> migrations.run(folders))
                .recover(failure -> Future.failedFuture(
                        failure instanceof FailedMigrationException
                                ? new StartException(String.valueOf(failure.getMessage()))
                                : failure));
    }

    /** Returns the folders of migrations with the class loaders that hold them. */
    static Map<String, ClassLoader> migrationFolders(Collection<Feature> features) {
        var folders = new LinkedHashMap<String, ClassLoader>();
        features.forEach(
                feature -> folders.put(feature.name(), feature.getClass().getClassLoader()));
        return folders;
    }

    EventLog log(Supplier<EventTypeRegistry> eventTypes, MessageBus bus, Collection<InstalledFeature> features) {
        var inline = InlineProjections.of(new ProjectionLog(eventTypes, json), features);
        return new EventLog(
                pool, eventTypes, json, clock, ids, vault, new AppendNotifier(vertx, bus)::appended, inline);
    }

    CommandExecutor executor(CommandRegistry bindings, EventLog log) {
        return new CommandExecutor(bindings, log, pool);
    }

    /** Returns the source of rights, with a connection of its own: rights are read even when the pool is exhausted. */
    RightsSource rights() {
        return RightsSource.direct(rightsPool, config.security());
    }

    Future<?> closePools() {
        cursors.stop();
        return Future.join(pool.close(), rightsPool.close());
    }

    DatabaseAddress address() {
        return address;
    }

    Pool pool() {
        return pool;
    }

    LogReader reader() {
        return reader;
    }

    TokenIssuer tokens() {
        return tokens;
    }

    /** Returns the codec of the cursors; another one after the epoch of the log changed. */
    CursorCodec cursors() {
        return cursors.codec();
    }

    /** Returns the task that stores a checkpoint of the log every day. */
    DailyCheckpoint dailyCheckpoint() {
        return new DailyCheckpoint(
                vertx, new CheckpointFile(config.proof().file(config.data().dir())), clock);
    }

    /** Stores a checkpoint of the log. */
    Future<Optional<ChainCheckpoint>> seal() {
        return dailyCheckpoint().take(pool);
    }

    /** Verifies the hash chain of the log. */
    Future<VerificationReport> verify(EventTypeRegistry eventTypes, long from, long to, Optional<Path> sealFile) {
        return StoredRetentionTable.all(pool).compose(stored -> {
            var retentions = new RetentionPeriods(eventTypes, clock).and(stored);
            var walk = new HashChainVerifier(address.jdbcUrl(), address.user(), address.password(), retentions);
            return vertx.executeBlocking(() -> walk.walk(
                    from,
                    to,
                    sealFile.map(file -> new CheckpointFile(file).seals()).orElse(List.of())));
        });
    }

    /** Encrypts every key in the database with the present master key, and returns the number of changed keys. */
    Future<Integer> rotateMaster() {
        var master = MasterKey.configured(config.security().masterKey());
        return master.isEmpty()
                ? Future.failedFuture("security.master-key: empty (expected: the new key, a comma, and the former one)")
                : tokens.reseal()
                        .compose(signing -> new SubjectKeys(master).rewrap(pool).map(subjects -> subjects + signing));
    }

    /** Returns the master keys as text; empty without one. */
    String masterKey() {
        return config.security().masterKey();
    }

    /** Completes if the database responds. */
    Future<Void> check() {
        return pool.query("select 1").execute().mapEmpty();
    }
}
