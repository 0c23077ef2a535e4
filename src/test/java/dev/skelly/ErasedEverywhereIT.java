package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.config.Settings;
import dev.skelly.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After an erasure no file that a node keeps, but the database's own, holds a byte of the person: not the broker's journal, not the outbox,
 * not the database's log. (The database's files hold dead rows until they are vacuumed; that its tables hold none, {@code ErasureIT} tells.)
 */
class ErasedEverywhereIT {

    private static final List<String> TRACES = List.of("ada@example.org", "Augusta King");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> call(String method, String url, String body, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("If-Match", "*");
        var signed = token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
        return http.send(signed.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<Path> filesWithTraces(Path data) {
        try (var files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/base/")
                            && !file.toString().contains("/pg_wal/"))
                    .filter(ErasedEverywhereIT::holdsTraces)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holdsTraces(Path file) {
        try {
            var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return TRACES.stream().anyMatch(bytes::contains);
        } catch (IOException gone) {
            return false; // A file of the moment.
        }
    }

    @Test
    void noFileOfTheNodeHoldsAByteOfWhoIsErased(@TempDir Path folder) throws Exception {
        // Given
        var data = folder.resolve("data");
        var flags = Map.of("http.port", "0", "data.dir", data.toString());
        var settings = Settings.load(flags, Map.of(), Files.writeString(folder.resolve("empty.yaml"), ""));
        var config = NodeConfig.read(settings);
        settings.check();
        var node = Waiting.on(Node.start(config, why -> {}));
        try {
            var person = "{\"email\":\"ada@example.org\",\"password\":\"a quite long sentence\"";
            assertThat(call("POST", node.url() + "/api/auth/register", person + ",\"name\":\"Augusta King\"}", "")
                            .statusCode())
                    .isEqualTo(201);
            var login = call("POST", node.url() + "/api/auth/login", person + "}", "");
            var token = new JsonObject(login.body()).getString("accessToken");
            assertThat(call("POST", node.url() + "/api/auth/password/forgot", "{\"email\":\"ada@example.org\"}", "")
                            .statusCode())
                    .isEqualTo(204);
            await().atMost(PATIENCE).until(() -> filesWithTraces(data).size() >= 2); // Two letters with their receiver.

            // When
            assertThat(call("DELETE", node.url() + "/api/me", "{}", token).statusCode())
                    .isEqualTo(204);

            // Then
            await().atMost(PATIENCE).until(() -> filesWithTraces(data).isEmpty());
            assertThat(call("GET", node.url() + "/api/me", "", token).statusCode())
                    .isEqualTo(401);
        } finally {
            Waiting.on(node.stop());
        }
        assertThat(filesWithTraces(data)).isEmpty();
    }
}
