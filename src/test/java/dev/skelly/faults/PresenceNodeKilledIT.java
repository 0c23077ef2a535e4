package dev.skelly.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.LiveSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A node with people on it is killed: the others learn within 30 s who went offline, once, and of no one else. */
class PresenceNodeKilledIT {

    private static final Duration OFFLINE_WITHIN = Duration.ofSeconds(30);
    private static final String PASSWORD = "a sentence that is long enough";

    private static String call(Stage stage, URI node, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(node.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return stage.api()
                .http()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String token(Stage stage, URI node, String email) throws Exception {
        var form = "{\"email\":\"" + email + "\",\"password\":\"" + PASSWORD + "\"}";
        return stage.api()
                .read(call(stage, node, "/api/auth/login", form))
                .path("accessToken")
                .asText();
    }

    private static String register(Stage stage, URI node, String email) throws Exception {
        var form = "{\"email\":\"" + email + "\",\"password\":\"" + PASSWORD + "\"}";
        return stage.api()
                .read(call(stage, node, "/api/auth/register", form))
                .path("id")
                .asText();
    }

    private static List<String> told(LiveSocket socket, String id) {
        return socket.messages().stream()
                .map(message -> message.path("event"))
                .filter(event -> event.path("data").path("userId").asText().equals(id))
                .map(event -> event.path("type").asText())
                .toList();
    }

    @Test
    void theOthersLearnOnceWhoWentOffline(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        try (var stage = Stage.empty(folder, 2)) {
            // Given
            var more = List.of(
                    "--admin.email=admin@example.org",
                    "--admin.password=" + PASSWORD,
                    "--cluster.name=presence",
                    "--presence.period=100ms");
            var dying = stage.startNode(0, more);
            var staying = stage.startNode(1, more);
            var gone = register(stage, staying.url(), "gone@example.org");
            var both = register(stage, staying.url(), "both@example.org");
            var watcher = LiveSocket.open(staying.url().toString(), token(stage, staying.url(), "admin@example.org"));
            watcher.send("{'do':'subscribe','ref':1,'channels':['role:admin'],'types':['presence.*']}");
            watcher.answer(1);
            var second = token(stage, staying.url(), "both@example.org");
            var sockets = List.of(
                    LiveSocket.open(dying.url().toString(), token(stage, staying.url(), "gone@example.org")),
                    LiveSocket.open(dying.url().toString(), second),
                    LiveSocket.open(staying.url().toString(), second));
            await().until(() ->
                    told(watcher, gone).size() == 1 && told(watcher, both).size() == 1);

            // When
            stage.kill(dying);
            await().atMost(OFFLINE_WITHIN).until(() -> told(watcher, gone).size() == 2);

            // Then
            assertThat(told(watcher, gone)).containsExactly("presence.online", "presence.offline");
            assertThat(told(watcher, both)).containsExactly("presence.online");
            assertThat(sockets).hasSize(3);
            watcher.close();
        }
    }
}
