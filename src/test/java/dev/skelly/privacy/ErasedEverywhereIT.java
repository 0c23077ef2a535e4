package dev.skelly.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.embedded.RunningPostgres;
import dev.skelly.log.ChainWalk;
import dev.skelly.testing.TemporaryFolder;
import dev.skelly.testing.WholeNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests E-40 and E-41: a person who was erased is searched for, byte by byte, in everything that a node wrote. */
class ErasedEverywhereIT {

    private static final String EMAIL = "qzv-erased@lovelace.example";
    private static final String NAME = "Qzvaugusta";
    private static final List<String> TRACES = List.of("qzv-erased", "Qzvaugusta");

    @Test
    void findsNeitherAddressNorNameAndTheChainIsWhole() throws IOException, SQLException {
        var folder = TemporaryFolder.make("skelly-erased");
        var settings = Map.of("db.url", "", "broker.url", "", "data.dir", folder.toString());
        try (var node = WholeNode.start(settings)) {
            // Given
            var made = node.post(
                    "/api/auth/register", Map.of("email", EMAIL, "password", WholeNode.PASSWORD, "name", NAME));
            assertThat(made.statusCode()).isEqualTo(201);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !traces(folder.resolve("outbox")).isEmpty());

            // When
            var erased = node.send(node.request("/api/me")
                    .header("Authorization", "Bearer " + node.signIn(EMAIL))
                    .header("Content-Type", "application/json")
                    .header("If-Match", "*")
                    .method("DELETE", BodyPublishers.ofString("{\"password\":\"" + WholeNode.PASSWORD + "\"}"))
                    .build());

            // Then
            assertThat(erased.statusCode()).as(erased.body()).isEqualTo(204);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> traces(folder.resolve("outbox")).isEmpty());
            assertThat(rowsWithTraces(folder)).isEmpty();
            var at = RunningPostgres.over(folder).orElseThrow();
            var walk = new ChainWalk(at.jdbcUrl(), at.user(), at.password(), (type, time) -> false);
            assertThat(walk.walk(1, Long.MAX_VALUE, List.of()).broken()).isEmpty();
        }
        // The write-ahead log goes by itself, when it is recycled; see decision note 0101.
        assertThat(traces(folder)).allMatch(file -> file.toString().contains("pg_wal"));
        TemporaryFolder.delete(folder);
    }

    /* What was deleted lies in the files until it is vacuumed; that is hurried here. */
    private static List<String> rowsWithTraces(Path folder) throws SQLException {
        var at = RunningPostgres.over(folder).orElseThrow();
        var found = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var rows = statement.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (var table : tables) {
                try (var rows = statement.executeQuery("select t::text from \"" + table + "\" t")) {
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
                statement.execute("vacuum (full, analyze) \"" + table + "\"");
            }
        }
        found.removeIf(row -> TRACES.stream().noneMatch(row::contains));
        return found;
    }

    private static List<Path> traces(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        var found = new ArrayList<Path>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (TRACES.stream().anyMatch(text::contains)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
