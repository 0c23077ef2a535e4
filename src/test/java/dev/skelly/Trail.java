package dev.skelly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who leaves traces wherever a program like this keeps some. */
final class Trail {

    private final WholeNode node;
    private final String word;
    private @Nullable String id;

    /** With a word that stands in the address and in the names. */
    Trail(WholeNode node, String word) {
        this.node = node;
        this.word = word;
    }

    String word() {
        return word;
    }

    String email() {
        return word + "@lovelace.example";
    }

    String id() {
        return String.valueOf(id);
    }

    private HttpRequest.Builder own(String path) {
        return node.request(path)
                .header("Authorization", "Bearer " + node.signIn(email()))
                .header("Content-Type", "application/json")
                .header("If-Match", "*");
    }

    private void does(int status, HttpRequest request) {
        var answer = node.send(request);
        assertThat(answer.statusCode()).as(request + " " + answer.body()).isEqualTo(status);
    }

    void leave() {
        var made = node.post(
                "/api/auth/register", Map.of("email", email(), "password", WholeNode.PASSWORD, "name", word + " King"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        id = node.read(made.body()).path("id").asText();
        var wrong = node.post("/api/auth/login", Map.of("email", email(), "password", "a wrong one, " + word));
        assertThat(wrong.statusCode()).isEqualTo(401);
        does(
                200,
                own("/api/me")
                        .method("PATCH", json("{\"name\":\"" + word + " Byron\"}"))
                        .build());
        does(
                200,
                own("/api/me/preferences")
                        .PUT(json("{\"motto\":\"" + word + "\"}"))
                        .build());
        var feedback =
                "{\"type\":\"feedback.given\",\"data\":{\"about\":\"tea\",\"stars\":5,\"email\":\"" + email() + "\"}}";
        does(
                202,
                own("/api/events")
                        .header("Idempotency-Key", "\"" + word + "-1\"")
                        .POST(json(feedback))
                        .build());
        var chosen = feedback.replace("{\"type\"", "{\"id\":\"" + UUID.randomUUID() + "\",\"type\"");
        does(202, own("/api/events").POST(json(chosen)).build());
        does(
                204,
                own("/api/auth/password/forgot")
                        .POST(json("{\"email\":\"" + email() + "\"}"))
                        .build());
        does(201, own("/api/stream/tickets").POST(json("{}")).build());
    }

    private static HttpRequest.BodyPublisher json(String body) {
        return BodyPublishers.ofString(body);
    }

    void eraseMyself() {
        var password = "{\"password\":\"" + WholeNode.PASSWORD + "\"}";
        does(204, own("/api/me").method("DELETE", json(password)).build());
    }
}
