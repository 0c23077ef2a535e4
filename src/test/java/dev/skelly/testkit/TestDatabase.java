package dev.skelly.testkit;

import dev.skelly.database.ConnectionPools;
import dev.skelly.database.DatabaseAddress;
import dev.skelly.database.DatabaseConfig;
import dev.skelly.embedded.DataFolder;
import dev.skelly.embedded.PostgresServer;
import dev.skelly.eventlog.Migrations;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A new, migrated database on the one real PostgreSQL of this JVM, and a pool to it.
 *
 * <p>The server runs as in the product, durable commits included; {@code -Dskelly.test.fsync=false} makes it faster where no test
 * of durability runs. Blocks; close it after the test.
 */
public final class TestDatabase implements AutoCloseable {

    /* Each log is another log, although all are copies of a few that were migrated once. */
    private static final String OWN_IDENTITY = """
            update log_identity set
              epoch = ('x' || substr(md5(gen_random_uuid()::text), 1, 16))::bit(64)::bigint,
              cursor_key = decode(replace(gen_random_uuid()::text, '-', ''), 'hex')""";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Server server;
    private final DatabaseAddress address;
    private final Pool pool;

    private TestDatabase(Server server, DatabaseAddress address) {
        this.server = server;
        this.address = address;
        this.pool = pool(server.vertx);
    }

    /** A new database with the log's tables and those of these folders under {@code db/}. */
    public static TestDatabase fresh(String... featureFolders) {
        var server = Server.ONE;
        var address = server.address("test_" + NUMBER.incrementAndGet());
        server.execute("create database " + address.database() + " template " + server.template(featureFolders)
                + " owner skelly");
        var database = new TestDatabase(server, address);
        database.execute(OWN_IDENTITY);
        return database;
    }

    /** A new database with the tables of the log and of every feature, so that a whole node finds nothing left to migrate. */
    public static TestDatabase complete() {
        return fresh(Server.ONE.allFolders());
    }

    /** The pool of this database, on the fixture's own Vert.x. */
    public Pool pool() {
        return pool;
    }

    /** Another pool, on the caller's Vert.x; the caller closes it. */
    public Pool pool(Vertx vertx) {
        return ConnectionPools.open(vertx, address, DatabaseConfig.DEFAULT);
    }

    /** The Vert.x of the fixture, shared by all tests of this JVM; nobody closes it. */
    public Vertx vertx() {
        return server.vertx;
    }

    /** Where it is, and who we are there. */
    public DatabaseAddress address() {
        return address;
    }

    /** Runs one statement over a connection of its own, for a test's given and then. */
    public void execute(String statement) {
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Drops the database, whoever is still connected. */
    @Override
    public void close() {
        pool.close().onFailure(failure -> {
            throw new IllegalStateException("the pool does not close", failure);
        });
        server.execute("drop database " + address.database() + " with (force)");
    }

    private static final class Server {

        private static final Server ONE = new Server();

        private final Vertx vertx = Vertx.vertx();
        private final PostgresServer postgres;
        private final DatabaseAddress owner;
        private final Map<Set<String>, String> templates = new HashMap<>();

        /* Its password is cheap to check: tests connect by the thousand. */
        private Server() {
            var path = TemporaryFolder.make("skelly-test-database");
            var folder = DataFolder.open(path);
            postgres = new PostgresServer(
                    folder, 0, Boolean.parseBoolean(System.getProperty("skelly.test.fsync", "true")));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                postgres.close();
                folder.close();
                TemporaryFolder.delete(path);
            }));
            owner = postgres.start();
            execute("set scram_iterations = 1; alter role skelly password '" + owner.password() + "'");
        }

        private DatabaseAddress address(String name) {
            return new DatabaseAddress(owner.host(), owner.port(), name, owner.user(), owner.password(), false);
        }

        /* The database that those of these folders are copied from; migrated once. */
        private synchronized String template(String... folders) {
            return templates.computeIfAbsent(Set.of(folders), these -> {
                var address = address("template_" + templates.size() + "_of_tests");
                execute("create database " + address.database() + " owner skelly");
                var ran = new Migrations(address.jdbcUrl(), address.user(), address.password())
                        .run(these.stream()
                                .collect(Collectors.toMap(
                                        folder -> folder, folder -> Migrations.class.getClassLoader())));
                if (ran == 0) {
                    throw new IllegalStateException("no migration ran (expected: at least those of the log)");
                }
                return address.database();
            });
        }

        private String[] allFolders() {
            var db = Path.of(URI.create(String.valueOf(Migrations.class.getResource("/db"))));
            try (var folders = Files.list(db)) {
                return folders.map(folder -> folder.getFileName().toString())
                        .filter(name -> !name.equals("log"))
                        .toArray(String[]::new);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void execute(String statement) {
            var admin = postgres.administrator();
            try (var connection = DriverManager.getConnection(admin.jdbcUrl(), admin.user(), admin.password());
                    var sql = connection.createStatement()) {
                sql.execute(statement);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
