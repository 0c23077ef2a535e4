package dev.skelly.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.database.DatabaseAddress;
import dev.skelly.embedded.DataFolder;
import dev.skelly.embedded.PostgresServer;
import dev.skelly.testing.Torture;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A byte is flipped in the file in which the log lies, while the server is down: past the database altogether. */
class FlippedByteIT {

    private static final int EVENTS = 120;
    private static final String FILL = """
            insert into event (id, type, source, subject, subject_version, correlation, time, channels, data)
            select gen_random_uuid(), 'lamp.lit', '/skelly/lamps', 'lamp:' || n, 1, gen_random_uuid(), now(), array['public'],
              jsonb_build_object('note', 'a note on lamp ' || n)
            from generate_series(1, %d) n
            """.formatted(EVENTS);

    private final long seed = Torture.seed("flipped byte");
    private final Random random = new Random(seed);
    private final Path path = TemporaryFolder.make("skelly-flipped-byte");
    private DataFolder folder;

    @BeforeEach
    void open() {
        folder = DataFolder.open(path);
    }

    @AfterEach
    void close() {
        folder.close();
        TemporaryFolder.delete(path);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void findsAByteThatWasFlippedInTheFile(boolean newest) throws IOException, SQLException {
        // Given
        Path file;
        byte[] id;
        var position = newest ? EVENTS : 1 + random.nextInt(EVENTS);
        try (var server = server()) {
            var address = server.start();
            fill(address);
            file = folder.path().resolve(cluster()).resolve(one(address, "select pg_relation_filepath('event')"));
            id = bytes(UUID.fromString(one(address, "select id::text from event where position = " + position)));
        }

        // When
        flip(file, id);

        // Then: by PostgreSQL's own checksum, which names the page
        try (var server = server()) {
            var broken = walk(server.start()).broken().orElseThrow();
            assertThat(broken.what()).as("seed %d", seed).contains("cannot be read", "invalid page");
            assertThat(broken.position()).isBetween(1L, (long) position);
        }

        // Then: and by the chain alone, which names the event
        ignoreChecksums();
        try (var server = server()) {
            var broken = walk(server.start()).broken().orElseThrow();
            assertThat(broken.what()).as("seed %d", seed).contains("its content does not match its hash");
            assertThat(broken.position()).isEqualTo(position);
        }
    }

    private PostgresServer server() {
        return new PostgresServer(folder, 0, true);
    }

    private void fill(DatabaseAddress address) throws SQLException {
        assertThat(new Migrations(address.jdbcUrl(), address.user(), address.password()).run(Map.of()))
                .isPositive();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute(FILL);
            statement.execute("select count(*) from stamp_events(0, 0, 1000, 10000000)");
            statement.execute("vacuum full event"); // Dead versions go: what is found in the file is what is read.
        }
    }

    private static String one(DatabaseAddress address, String select) throws SQLException {
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(select)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static VerificationReport walk(DatabaseAddress address) {
        return new HashChainVerifier(address.jdbcUrl(), address.user(), address.password(), (type, time) -> false)
                .walk(1, Long.MAX_VALUE, List.of());
    }

    private void flip(Path file, byte[] id) throws IOException {
        var pages = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        var at = pages.indexOf(new String(id, StandardCharsets.ISO_8859_1)) + random.nextInt(id.length);
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            var flipped = bytes.read() ^ (1 << random.nextInt(8));
            bytes.seek(at);
            bytes.write(flipped);
        }
    }

    private void ignoreChecksums() throws IOException {
        Files.writeString(
                path.resolve(cluster()).resolve("postgresql.conf"),
                "\nignore_checksum_failure = on\n",
                StandardOpenOption.APPEND);
    }

    private Path cluster() throws IOException {
        try (var all = Files.walk(path.resolve("postgres"), 2)) {
            return path.relativize(all.filter(file -> file.endsWith("PG_VERSION"))
                    .findFirst()
                    .orElseThrow()
                    .getParent());
        }
    }
}
