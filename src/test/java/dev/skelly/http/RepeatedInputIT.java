package dev.skelly.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.Json;
import dev.skelly.testing.WebServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request repeats counts as a whole or is refused, and so is a parameter that no route declares. */
final class RepeatedInputIT {

    private static final ToyRoutes ROUTES = new ToyRoutes();
    private static final WebServer SERVER = new WebServer(WebServer.config(), ROUTES.list(), List.of());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void namesEveryFaultOfAQueryAtOnce(String method) throws JsonProcessingException {
        // When
        var answer = SERVER.send(SERVER.request("/api/query?x=1&x=2&lmit=3&Tags=a&limit=0")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build());

        // Then
        assertThat(answer.statusCode()).isEqualTo(422);
        if (method.equals("GET")) {
            assertThat(faults(json(answer)))
                    .containsExactlyInAnyOrder("x repeated", "lmit unknown", "Tags unknown", "limit format");
            assertThat(answer.body()).contains("perhaps limit", "perhaps tags");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/things/1?y=1", "/api/things/1?y", "/.well-known/jwks.json?kid=1&kid=2"})
    void refusesParametersWhereNoneIsDeclared(String target) throws JsonProcessingException {
        // When
        var answer = SERVER.get(target);

        // Then
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(faults(json(answer))).hasSize(1).allMatch(fault -> fault.endsWith(" unknown"));
        assertThat(answer.body()).contains("expected: no parameters");
    }

    @Test
    void namesTheFaultsOfQueryAndBodyAtOnce() throws JsonProcessingException {
        // Given
        var before = ROUTES.registered.get();

        // When
        var both = SERVER.post("/api/register?once=1", "{\"email\":\"ada@example.org\",\"password\":7}");
        var query = SERVER.post("/api/register?once=1", "{\"email\":\"ada@example.org\",\"password\":\"long enough\"}");

        // Then
        assertThat(faults(json(both))).containsExactlyInAnyOrder("once unknown", "#/password type");
        assertThat(faults(json(query))).containsExactly("once unknown");
        assertThat(ROUTES.registered.get()).isEqualTo(before);
    }

    @Test
    void joinsWhatMayBeRepeated() throws IOException {
        // When
        var list = SERVER.get("/api/query?tags=a&limit=7&tags=b,c");
        var header = raw("GET /api/query HTTP/1.1\r\nAccept: a/b\r\nConnection: close\r\nAccept: c/d");

        // Then
        assertThat(json(list).path("tags").asText()).isEqualTo("a,b,c");
        assertThat(json(list).path("limit").asInt()).isEqualTo(7);
        assertThat(header).contains("\"accept\":\"a/b, c/d\"");
    }

    @Test
    void refusesRepeatedHeadersThatHaveOneValueAndNamesThem() throws IOException {
        // When
        var lines = List.of(
                "Connection: close",
                "Authorization: Basic a",
                "authorization: Basic a",
                "CE-Type: a",
                "ce-type: b",
                "Content-Type: text/plain",
                "Accept: */*",
                "Content-Type: application/json",
                "Accept: text/html");
        var answer = raw("GET /api/things/1 HTTP/1.1\r\n" + String.join("\r\n", lines));

        // Then
        assertThat(answer)
                .contains(" 400 ", "\"malformed-header\"", "\"authorization\"", "\"ce-type\"", "\"content-type\"")
                .doesNotContain("\"accept\"");
    }

    private static String raw(String start) throws IOException {
        try (var socket = SERVER.socket()) {
            socket.getOutputStream().write((start + "\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) throws JsonProcessingException {
        return Json.mapper().readTree(answer.body());
    }

    private static List<String> faults(JsonNode problem) {
        var faults = new ArrayList<String>();
        problem.path("errors")
                .forEach(fault -> faults.add(fault.path("pointer").asText() + " "
                        + fault.path("code").asText()));
        return faults;
    }
}
