package dev.skelly.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.CommandHere;
import dev.skelly.config.Settings;
import dev.skelly.database.DatabaseAddress;
import dev.skelly.embedded.RunningPostgres;
import dev.skelly.mail.MailSender;
import dev.skelly.node.Node;
import dev.skelly.node.NodeConfig;
import dev.skelly.testing.LogLines;
import dev.skelly.testing.SkellyProcess;
import dev.skelly.testing.Waiting;
import dev.skelly.testing.WholeNode;
import dev.skelly.testkit.TemporaryFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A sandbox over a copy of a running node's log, made by the real command. */
class ReplayIntoIT {

    private static final String LOGIN = "{\"email\":\"%s\",\"password\":\"" + WholeNode.PASSWORD + "\"}";
    private static final String ORDER =
            "{\"items\":[{\"sku\":\"lamp\",\"quantity\":2}],\"payment\":{\"token\":\"%s\"}}";

    @SuppressWarnings("NullAway.Init")
    private static WholeNode original;

    private final Path all = TemporaryFolder.make("skelly-replay");
    private final Path folder = all.resolve("below").resolve("sandbox");

    @BeforeAll
    static void start() {
        original = WholeNode.start(Map.of("payments.sandbox-delay", "1h"));
    }

    @AfterAll
    static void close() {
        original.close();
    }

    @AfterEach
    void delete() {
        TemporaryFolder.delete(all);
    }

    /** Callers of one node with one token; blank for none. */
    private record Caller(WholeNode client, String url, String token) {

        static Caller of(WholeNode client, String url, String email) {
            var login = new Caller(client, url, "").send("POST", "/api/auth/login", LOGIN.formatted(email));
            return new Caller(
                    client, url, client.read(login.body()).path("accessToken").asText());
        }

        @CanIgnoreReturnValue
        HttpResponse<String> send(String method, String path, String body) {
            return client.send(HttpRequest.newBuilder(URI.create(url + path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(body))
                    .build());
        }

        @CanIgnoreReturnValue
        JsonNode read(String method, String path, String body) {
            var answer = send(method, path, body);
            assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(200, 299);
            return client.read(answer.body());
        }

        String state(String order) {
            return read("GET", "/api/orders/" + order, "").path("state").asText();
        }
    }

    private String[] command(String... words) {
        var at = original.database().address();
        var flags = Stream.of(
                "--db.url=postgresql://127.0.0.1:" + at.port() + "/" + at.database(),
                "--db.user=" + at.user(),
                "--db.password=" + at.password(),
                "--data.dir=" + original.folder(),
                "--mail.smtp-url=smtp://127.0.0.1:1",
                "--security.password-memory-kib=1024",
                "--security.password-iterations=1",
                "--system.metrics=false",
                "--shutdown.notice=0s");
        return Stream.concat(Stream.of(words), flags).toArray(String[]::new);
    }

    private static List<String> texts(DatabaseAddress at, String query) {
        try (var database = DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
                var sql = database.createStatement();
                var rows = sql.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    private long position(String type) {
        var query = "select max(position) from event where type = '" + type + "' and position is not null";
        await().until(() -> texts(original.database().address(), query).get(0) != null);
        return Long.parseLong(texts(original.database().address(), query).get(0));
    }

    @Test
    void aSandboxHasTheStateOfThePointAndNoEffectOutside() throws IOException {
        // Given: an order that is cancelled after the point
        var admin = Caller.of(original, original.url(), WholeNode.ADMIN);
        admin.read("PUT", "/api/products/lamp", "{\"name\":\"a lamp\",\"priceCents\":500,\"stock\":9}");
        var order = admin.read("POST", "/api/orders", ORDER.formatted("slow"))
                .path("id")
                .asText();
        var point = position("order.payment-requested");
        admin.read("POST", "/api/orders/" + order + "/cancel", "");
        assertThat(position("order.cancelled")).isGreaterThan(point);
        var cursor = admin.read("GET", "/api/events?limit=1", "")
                .path("items")
                .path(0)
                .path("cursor")
                .asText();
        assertThat(admin.send("GET", "/api/orders/" + order + "?at=" + cursor, "")
                        .statusCode())
                .isNotEqualTo(422);

        // When
        var made = CommandHere.run(command("replay", "--into=" + folder, "--to=" + point, "--prepare-only"));

        // Then
        var settings = folder.resolve("skelly.yaml");
        assertThat(made.code()).as(made.words()).isZero();
        assertThat(made.words())
                .contains("copied " + point + " events, up to position " + point)
                .contains("next: java -jar skelly.jar serve --config=" + settings.toRealPath());
        assertPrivateAndVerified(settings, point);
        inTheSandbox(settings, order, point, cursor);
        assertThat(admin.state(order)).isEqualTo("cancelled");
        assertThat(original.post("/api/auth/login", Map.of("email", "bob@example.org", "password", WholeNode.PASSWORD))
                        .statusCode())
                .isEqualTo(401);
    }

    private static void assertPrivateAndVerified(Path settings, long point) throws IOException {
        assertThat(Files.readString(settings)).doesNotContain("smtp", "postgresql");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings)))
                .isEqualTo("rw-------");
        var verified = CommandHere.run("log", "verify", "--config=" + settings);
        assertThat(verified.words()).contains("whole: positions 1 to " + point + ",");
        assertThat(verified.code()).isZero();
    }

    private void inTheSandbox(Path settings, String order, long point, String cursor) {
        var config = NodeConfig.read(Settings.load(Map.of(), Map.of(), settings));
        var logged = LogLines.of(MailSender.none().getClass());
        var node = Waiting.on(Node.start(config, why -> {}));
        try {
            var admin = Caller.of(original, node.url(), WholeNode.ADMIN);
            assertThat(admin.state(order)).isEqualTo("placed");
            assertThat(admin.send("GET", "/api/orders/" + order + "?at=" + cursor, "")
                            .statusCode())
                    .as("a cursor of the original")
                    .isEqualTo(422);

            admin.send("POST", "/api/auth/register", LOGIN.formatted("bob@example.org"));
            var bob = Caller.of(original, node.url(), "bob@example.org");
            var placed = bob.read("POST", "/api/orders", ORDER.formatted("ok"))
                    .path("id")
                    .asText();
            await().until(() -> bob.state(placed).equals("confirmed"));

            var database = RunningPostgres.over(folder).orElseThrow();
            await().until(() -> logged.lines().contains("no mail is sent"));
            assertThat(texts(database, "select position from work_done where position <= " + point))
                    .isEmpty();
            assertThat(texts(database, "select worker from inbox")).isEmpty();
            assertThat(folder.resolve("outbox")).doesNotExist();
        } finally {
            logged.close();
            Waiting.on(node.stop());
        }
    }

    @Test
    void namesEveryFaultAndChangesNothing() throws IOException {
        // Given
        var file = Files.createFile(Files.createDirectories(folder).resolve("mine"));

        // When
        var wrong = CommandHere.run(command("replay", "--into=" + folder, "--to=soon", "--port=70000"));
        var inside = original.folder().resolve("sandbox");
        var outside = CommandHere.run(command("replay", "--into=" + inside, "--to=999999"));
        var past = CommandHere.run(command("replay", "--into=" + all.resolve("new"), "--to=1999-12-31T00:00:00Z"));
        var none = CommandHere.run("replay", "--into=" + folder, "--to=soon", "--data.dir=" + all.resolve("none"));

        // Then
        assertThat(List.of(wrong.code(), outside.code(), past.code(), none.code()))
                .containsOnly(2);
        assertThat(none.words().lines()).hasSize(3).anyMatch(line -> line.startsWith("data.dir: "));
        assertThat(wrong.words().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("--into: " + folder))
                .anyMatch(line -> line.startsWith("--port: 70000"))
                .anyMatch(line -> line.startsWith("--to: soon"));
        assertThat(outside.words().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("--into: " + inside))
                .anyMatch(line -> line.startsWith("--to: 999999 (expected: a position from 1 to "));
        assertThat(past.words()).startsWith("--to: 1999-12-31T00:00:00Z (expected: a time from ");
        assertThat(inside).doesNotExist();
        assertThat(all.resolve("new")).doesNotExist();
        assertThat(file).exists();
    }

    @Test
    void runsTheSandboxUntilItIsStopped() {
        var words = command("replay", "--into", folder.toString());
        try (var process = SkellyProcess.start(all, "replay", List.of(words))) {
            var url = process.awaitReady();
            assertThat(Caller.of(original, url.toString().replaceAll("/$", ""), WholeNode.ADMIN)
                            .token())
                    .isNotEmpty();
            process.terminate();
            assertThat(process.exitCode(Waiting.LIMIT)).as(process.output()).isZero();
            assertThat(process.output()).containsPattern("(?m)^copied \\d+ events, up to position \\d+$");
        }
    }
}
