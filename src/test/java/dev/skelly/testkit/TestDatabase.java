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
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A new, migrated database on the one real PostgreSQL of this JVM, and a pool to it. The server starts with the first database and ends with the
 * JVM.
 *
 * <p>It runs as in the product, durable commits included; {@code -Dskelly.test.fsync=false} makes it faster where no test of durability
 * runs. Blocks; close it after the test.
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

    /**
     * Creates a database with the log's tables and those of features.
     *
     * @param featureFolders under {@code db/} of the class path: the features' names; one without migrations has no tables
     */
    public static TestDatabase fresh(String... featureFolders) {
        var server = Server.ONE;
        var address = server.address("test_" + NUMBER.incrementAndGet());
        server.execute("create database " + address.database() + " template " + server.template(featureFolders)
                + " owner skelly");
        var database = new TestDatabase(server, address);
        database.execute(OWN_IDENTITY);
        return database;
    }

    /** Creates a database with the tables of the log and of every built-in feature, so that a whole node finds nothing left to migrate. */
    public static TestDatabase complete() {
        return fresh(Server.ONE.allFolders());
    }

    /** Returns the pool of this database, on the fixture's own Vert.x. */
    public Pool pool() {
        return pool;
    }

    /** Opens another pool, on the caller's Vert.x; the caller closes it. */
    public Pool pool(Vertx vertx) {
        return ConnectionPools.open(vertx, address, DatabaseConfig.DEFAULT);
    }

    /** Returns the Vert.x of the fixture, shared by all tests of this JVM; tests do not close it. */
    public Vertx vertx() {
        return server.vertx;
    }

    /** Returns its address, with the user and password. */
    public DatabaseAddress address() {
        return address;
    }

    /** Executes a statement over a connection of its own. */
    public void execute(String statement) {
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Drops the database, even if something is still connected to it. */
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

        /* The features' folders: of a jar where these classes are those of the artefacts. */
        private String[] allFolders() {
            var log = Objects.requireNonNull(Migrations.class.getResource("/db/log/001_log.sql"));
            try {
                return folders(log).filter(name -> !name.equals("log")).toArray(String[]::new);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Stream<String> folders(URL log) throws IOException {
            if (log.openConnection() instanceof JarURLConnection connection) {
                return connection.getJarFile().stream() // Shared and open, so it must not be closed here.
                        .filter(entry -> entry.getName().matches("db/[^/]+/[^/]+"))
                        .map(entry -> entry.getName().split("/", -1)[1])
                        .distinct();
            }
            var db = Path.of(URI.create(log.toString())).resolve("../..").normalize();
            try (var folders = Files.list(db)) {
                return folders.map(folder -> folder.getFileName().toString()).toList().stream();
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
