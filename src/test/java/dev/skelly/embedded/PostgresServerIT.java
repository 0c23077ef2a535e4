package dev.skelly.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.skelly.database.DatabaseAddress;
import dev.skelly.testing.Torture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {

    private static final Duration SECOND_START_MAX =
            Duration.ofSeconds(4); // The whole product's aim, so ample for a part.

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private static Path programs;

    /* Unpacked once; only one test is about that. */
    @BeforeAll
    static void unpack() throws IOException {
        Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rwx--x--x")); // Not run as root.
        assertThat(PostgresBinaries.unpack(programs).folder()).isDirectory();
    }

    private static PostgresServer server(DataFolder folder) throws IOException {
        var home = Files.createDirectories(folder.path().resolve("postgres"));
        var bin = Path.of("bin-" + PostgresBinaries.VERSION);
        if (!Files.exists(home.resolve(bin))) {
            Files.createSymbolicLink(home.resolve(bin), programs.resolve(bin));
        }
        return new PostgresServer(folder, 0, true);
    }

    @Test
    void commitsDurably(@TempDir Path path) throws SQLException {
        try (var folder = DataFolder.open(path);
                var server = new PostgresServer(folder, 0, true)) {
            // When
            var address = server.start();

            // Then
            try (var connection = connect(address)) {
                for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
                    assertThat(one(connection, "show " + setting)).as(setting).isEqualTo("on");
                }
                assertThat(one(connection, "show listen_addresses")).isEqualTo("127.0.0.1");
                assertThat(one(connection, "show server_encoding")).isEqualTo("UTF8");
                assertThat(one(connection, "show server_version")).startsWith(PostgresBinaries.VERSION);
                assertThat(one(connection, "select rolsuper::text from pg_roles where rolname = current_user"))
                        .isEqualTo("false");
            }
        }
    }

    @Test
    void startsNoEmptyDatabaseBesideOneOfAnotherVersion(@TempDir Path path) throws IOException {
        try (var folder = DataFolder.open(path);
                var server = server(folder)) {
            // Given
            var other = Files.createDirectory(path.toRealPath().resolve("postgres/data-17"));

            // When
            var refused = catchThrowable(server::start);

            // Then
            assertThat(refused)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(other + " is of another version of PostgreSQL than " + PostgresBinaries.MAJOR)
                    .hasMessageContaining("skelly db upgrade");
            assertThat(PostgresServer.exists(path)).isFalse();
            Files.delete(other);
            assertThat(server.start().database()).isEqualTo("skelly");
        }
    }

    @Test
    void demandsThePassword(@TempDir Path path) throws IOException {
        try (var folder = DataFolder.open(path);
                var server = server(folder)) {
            // Given
            var address = server.start();

            // When
            var wrong = new DatabaseAddress(
                    address.host(), address.port(), address.database(), address.user(), "guessed", false);

            // Then
            assertThatThrownBy(() -> connect(wrong)).hasMessageContaining("password authentication failed");
            assertThat(address.toString()).doesNotContain(address.password());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path.resolve("secrets"))))
                    .isEqualTo("rw-------");
            var rules = Files.readAllLines(path.resolve("postgres/data-18/pg_hba.conf")).stream()
                    .filter(line -> line.matches("(local|host).*"))
                    .toList();
            assertThat(rules).isNotEmpty().allMatch(rule -> rule.endsWith("scram-sha-256"));
        }
    }

    @Test
    void isFoundByAnotherCommandWhileItRuns(@TempDir Path path) throws IOException {
        // Given
        assertThat(RunningPostgres.over(path)).isEmpty();
        try (var folder = DataFolder.open(path);
                var server = server(folder)) {
            var address = server.start();

            // When
            var found = RunningPostgres.over(path);

            // Then
            assertThat(found).contains(address);
        }
        assertThat(RunningPostgres.over(path)).isEmpty();
    }

    @Test
    void startsAgainOverTheSameData(@TempDir Path path) throws IOException, SQLException {
        // Given
        try (var folder = DataFolder.open(path);
                var server = server(folder);
                var connection = connect(server.start())) {
            write(connection);
        }

        // When
        var begin = System.nanoTime();
        try (var folder = DataFolder.open(path);
                var server = server(folder);
                var connection = connect(server.start())) {

            // Then
            Torture.promise(
                    "second start of the database", Duration.ofNanos(System.nanoTime() - begin), SECOND_START_MAX);
            assertThat(one(connection, "select word from kept")).isEqualTo("acknowledged");
        }
    }

    @Test
    void stopsTheServerThatAKilledRunLeftBehind(@TempDir Path path) throws IOException, SQLException {
        // Given
        var run = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerRun.class.getName(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var said = new BufferedReader(new InputStreamReader(run.getInputStream(), StandardCharsets.UTF_8));
        var orphan = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
        run.destroyForcibly();
        await().until(() -> !run.isAlive());
        assertThat(orphan.isAlive()).isTrue();

        // When
        try (var folder = DataFolder.open(path);
                var server = server(folder);
                var connection = connect(server.start())) {

            // Then
            assertThat(orphan.info().command()).as("program of the orphan").isEmpty();
            assertThat(one(connection, "select word from kept")).isEqualTo("acknowledged");
        }
    }

    @Test
    void passesOverAMarkOfAnotherProgram(@TempDir Path path) throws IOException, SQLException {
        // Given
        try (var folder = DataFolder.open(path);
                var server = server(folder);
                var connection = connect(server.start())) {
            write(connection);
        }
        var ourselves = Long.toString(ProcessHandle.current().pid());
        Files.writeString(path.resolve("postgres/data-18/postmaster.pid"), ourselves + "\n");

        // When
        try (var folder = DataFolder.open(path);
                var server = server(folder);
                var connection = connect(server.start())) {

            // Then
            assertThat(one(connection, "select word from kept")).isEqualTo("acknowledged");
        }
    }

    @Test
    void comesBackOnTheSamePortAfterItsProcessWasKilled(@TempDir Path path) throws IOException, SQLException {
        try (var folder = DataFolder.open(path);
                var server = server(folder)) {
            // Given
            var address = server.start();
            try (var connection = connect(address)) {
                write(connection);
            }

            // When
            ProcessHandle.of(server.pid().orElseThrow()).orElseThrow().destroyForcibly();

            // Then
            await().ignoreExceptionsInstanceOf(SQLException.class).untilAsserted(() -> {
                try (var connection = connect(address)) {
                    assertThat(one(connection, "select word from kept")).isEqualTo("acknowledged");
                }
            });
        }
    }

    private static void write(Connection connection) throws SQLException {
        try (var sql = connection.createStatement()) {
            sql.execute("create table kept as select 'acknowledged' as word");
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (var sql = connection.createStatement();
                var rows = sql.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    /** A process that starts the server, commits, says the server's number and waits to be killed. */
    static final class ServerRun {

        private ServerRun() {}

        public static void main(String[] arguments) throws SQLException, IOException {
            var server = new PostgresServer(DataFolder.open(Path.of(arguments[0])), 0, true);
            try (var connection = connect(server.start())) {
                write(connection);
            }
            System.out.println(server.pid().orElseThrow());
            var never = System.in.read();
            throw new IllegalStateException("told to go on: " + never);
        }
    }
}
