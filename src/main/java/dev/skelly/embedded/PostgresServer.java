package dev.skelly.embedded;

import dev.skelly.database.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the PostgreSQL of the jar as a child process on the loopback address, with durable commits and SCRAM passwords.
 *
 * <p>Restarts the process on the same port when it ends by itself. All methods block; safe on any thread.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(PostgresServer.class);
    private static final Duration START_TIME_MAX = Duration.ofSeconds(60); // Recovery after a crash reads the journal.
    private static final Duration STOP_TIME_MAX = Duration.ofSeconds(10);
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);
    private static final int POLL_MILLIS = 20;
    private static final int PORT_ATTEMPTS_MAX = 3;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String ADMINISTRATOR = "postgres";
    private static final String OWNER = "skelly";
    private static final Set<String> NOT_SET_UP =
            Set.of("28P01", "28000", "3D000"); // The login or the database does not exist.

    private final DataFolder folder;
    private final int fixedPort;
    private final boolean durable;
    private @Nullable PostgresFiles files; // Guarded by this, like the fields below.
    private @Nullable Process process;
    private int port;
    private boolean stopping;

    /**
     * Creates a server over {@code postgres/} of the data folder, without starting it.
     *
     * @param port 0 for a free one
     * @param durable false only in tests whose data may be lost in a crash of the machine
     */
    public PostgresServer(DataFolder folder, int port, boolean durable) {
        this.folder = folder;
        this.fixedPort = port;
        this.durable = durable;
    }

    /**
     * Starts the server and waits until it accepts connections. Creates missing files, the role and the database {@code skelly}, and stops
     * the server of a killed run.
     *
     * @throws IllegalStateException when it does not start; the message names its log
     */
    public synchronized DatabaseAddress start() {
        var prepared = PostgresFiles.prepare(folder);
        files = prepared;
        stopping = false;
        OrphanedPostgres.stop(prepared.data(), STOP_TIME_MAX);
        for (var attempt = 1; ; attempt++) {
            port = fixedPort == 0 ? freePort() : fixedPort;
            try {
                launch(prepared);
                return address();
            } catch (IllegalStateException e) {
                // Another program may have taken the free port between the search and the bind.
                if (fixedPort != 0 || attempt == PORT_ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    /** Returns whether a killed run may have left its server running over a data folder: {@link #start} stops it. */
    public static boolean leftRunning(Path folder) {
        return Files.exists(OrphanedPostgres.mark(PostgresFiles.data(folder)));
    }

    /** Returns whether a data folder has the files of a database. */
    public static boolean exists(Path folder) {
        return Files.isDirectory(PostgresFiles.data(folder));
    }

    /** Returns the address for the application; valid after the start. */
    public synchronized DatabaseAddress address() {
        return application(port, folder.secrets());
    }

    static DatabaseAddress application(int port, GeneratedSecrets secrets) {
        return new DatabaseAddress(LOOPBACK, port, OWNER, OWNER, secrets.get("database.password"), false);
    }

    /** Returns the superuser login, which creates databases; the application never uses it. */
    public synchronized DatabaseAddress administrator() {
        return administrator(port, folder.secrets());
    }

    static DatabaseAddress administrator(int port, GeneratedSecrets secrets) {
        return new DatabaseAddress(
                LOOPBACK, port, ADMINISTRATOR, ADMINISTRATOR, secrets.get("database.administrator-password"), false);
    }

    /** Returns the process id of the server; empty while it does not run. */
    public synchronized OptionalLong pid() {
        var running = process;
        return running != null && running.isAlive() ? OptionalLong.of(running.pid()) : OptionalLong.empty();
    }

    /** Ends all sessions and stops the server cleanly; does nothing when it does not run. */
    @Override
    public synchronized void close() {
        stopping = true;
        notifyAll();
        var running = process;
        process = null;
        if (running != null && running.isAlive()) {
            OrphanedPostgres.stop(running.toHandle(), STOP_TIME_MAX);
        }
    }

    private void launch(PostgresFiles prepared) {
        try {
            var started = new ProcessBuilder(prepared.server(PostgresArguments.of(port, prepared.log(), durable)))
                    .redirectErrorStream(true)
                    .redirectOutput(prepared.log().resolve("start.log").toFile())
                    .start();
            process = started;
            awaitReadyOrStop(started, prepared);
            var watch = new Thread(() -> watch(started), "postgres-watch");
            watch.setDaemon(true);
            watch.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run PostgreSQL", e);
        }
    }

    private void awaitReadyOrStop(Process started, PostgresFiles prepared) throws IOException {
        try {
            awaitReady(started, prepared);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            OrphanedPostgres.stop(started.toHandle(), STOP_TIME_MAX);
            throw new IllegalStateException("interrupted while PostgreSQL was starting", e);
        } catch (RuntimeException e) {
            OrphanedPostgres.stop(started.toHandle(), STOP_TIME_MAX);
            throw e;
        }
    }

    private void awaitReady(Process started, PostgresFiles prepared) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START_TIME_MAX.toNanos();
        while (!started.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (answers()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("PostgreSQL does not become ready; see " + prepared.log());
            }
        }
        var said = Files.readString(prepared.log().resolve("start.log")).strip();
        throw new IllegalStateException("PostgreSQL does not start; see " + prepared.log() + ": " + said);
    }

    /* The server is ready when the application's own login works; a missing login is created. */
    private boolean answers() {
        try (var connection = connect(address())) {
            return connection.isValid(0);
        } catch (SQLException e) {
            if (NOT_SET_UP.contains(String.valueOf(e.getSQLState()))) {
                setUp();
            }
            return false;
        }
    }

    private void setUp() {
        try (var connection = connect(administrator());
                var sql = connection.createStatement()) {
            var password = folder.secret("database.password"); // Base64url, so no quoting is necessary.
            if (!exists(sql, "select from pg_roles where rolname = '" + OWNER + "'")) {
                sql.execute("create role " + OWNER + " login");
            }
            sql.execute("alter role " + OWNER + " password '" + password + "'");
            if (!exists(sql, "select from pg_database where datname = '" + OWNER + "'")) {
                sql.execute("create database " + OWNER + " owner " + OWNER);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot set up the embedded database", e);
        }
    }

    private static boolean exists(Statement sql, String query) throws SQLException {
        try (var found = sql.executeQuery(query)) {
            return found.next();
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    private void watch(Process watched) {
        try {
            watched.waitFor();
            restart(watched);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Only the end of the JVM interrupts a daemon thread.
        }
    }

    private synchronized void restart(Process ended) throws InterruptedException {
        while (!stopping && process == ended) {
            LOGGER.atError()
                    .addKeyValue("exit", ended.exitValue())
                    .log("the database ended unexpectedly and is restarted");
            try {
                var prepared = Objects.requireNonNull(files);
                OrphanedPostgres.stop(prepared.data(), STOP_TIME_MAX);
                launch(prepared);
            } catch (IllegalStateException | UncheckedIOException e) {
                // After a kill, sessions may hold the shared memory for a moment.
                LOGGER.atWarn().setCause(e).log("the database cannot be restarted yet");
                process = ended;
                wait(RETRY_DELAY.toMillis());
            }
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }
}
