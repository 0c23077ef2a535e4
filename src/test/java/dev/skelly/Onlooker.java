package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.WholeNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** What a node shows to somebody. */
final class Onlooker {

    private final WholeNode node;
    private final String token;

    Onlooker(WholeNode node, String email) {
        this.node = node;
        this.token = node.signIn(email);
    }

    private HttpRequest.Builder request(String path) {
        return node.request(path).header("Authorization", "Bearer " + token);
    }

    private String get(String path) {
        var answer = node.send(request(path).GET().build());
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    String export() {
        return get("/api/me/export");
    }

    /** Every event, in its order, by id. */
    List<String> history() {
        var ids = new ArrayList<String>();
        node.read(get("/api/events?limit=200"))
                .path("items")
                .forEach(event -> ids.add(event.path("id").asText() + " at "
                        + event.path("cursor").asText()));
        return ids;
    }

    /** The stream from the beginning to where it is live. */
    private String stream() {
        var client = HttpClient.newHttpClient();
        var read = new StringBuilder();
        try (var lines = client.send(
                        request("/api/stream?lastEventId=earliest").GET().build(), BodyHandlers.ofLines())
                .body()) {
            for (var next = lines.iterator(); next.hasNext() && read.indexOf("skelly.ready") < 0; ) {
                read.append(next.next()).append('\n');
            }
            return read.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What an administrator can get of everybody. */
    List<String> all() {
        return List.of(
                get("/api/events?limit=200"),
                stream(),
                get("/api/users"),
                get("/api/admin/dead-letters"),
                get("/api/admin/audit") + get("/api/users"));
    }

    void erase(String account) {
        var answer = node.send(request("/api/users/" + account)
                .header("If-Match", "*")
                .DELETE()
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }
}
