package dev.skelly.features.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.WholeNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Names for those who are signed in, and nothing else about anyone. */
final class ProfilesIT {

    private static final WholeNode NODE = WholeNode.start(Map.of("profiles.per-minute", "250"));
    private static final String UNKNOWN = "00000000-0000-7000-8000-000000000001";

    @AfterAll
    static void close() {
        NODE.close();
    }

    private static HttpResponse<String> get(String path, String token, String... headers) {
        var request = NODE.request(path).header("Authorization", "Bearer " + token);
        for (var n = 0; n < headers.length; n += 2) {
            request.header(headers[n], headers[n + 1]);
        }
        return NODE.send(request.build());
    }

    private static JsonNode body(HttpResponse<String> answer) {
        return NODE.read(answer.body());
    }

    private static String person(String email, String name) {
        var answer =
                NODE.post("/api/auth/register", Map.of("email", email, "password", WholeNode.PASSWORD, "name", name));
        return body(answer).path("id").asText();
    }

    private static List<String> names(JsonNode of) {
        return StreamSupport.stream(((Iterable<String>) () -> of.fieldNames()).spliterator(), false)
                .toList();
    }

    private static int admin(String method, String path, String body) {
        return NODE.send(NODE.request(path)
                        .header("Authorization", "Bearer " + NODE.signIn(WholeNode.ADMIN))
                        .header("Content-Type", "application/json")
                        .header("If-Match", "*")
                        .method(method, BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }

    @Test
    void tellsNamesInTheOrderAskedForAndLeavesOutWhoIsUnknown() {
        // Given
        var grace = person("grace@example.org", "Grace");
        var alan = person("alan@example.org", "Alan");
        var quiet = NODE.register("quiet@example.org");
        var token = NODE.signIn("grace@example.org");

        // When
        var answer = get("/api/profiles?ids=" + String.join(",", alan, UNKNOWN, quiet, grace, alan), token);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        var items = body(answer).path("items");
        assertThat(items.findValuesAsText("id")).containsExactly(alan, quiet, grace);
        assertThat(items.findValuesAsText("name")).containsExactly("Alan", "Grace");
        assertThat(names(items.get(0))).containsExactly("id", "name");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-cache");
        var tag = answer.headers().firstValue("ETag").orElseThrow();
        assertThat(get("/api/profiles/" + alan, token).headers().firstValue("ETag"))
                .isPresent()
                .isNotEqualTo(answer.headers().firstValue("ETag"));
        assertThat(get(
                                "/api/profiles?ids=" + String.join(",", alan, UNKNOWN, quiet, grace, alan),
                                token,
                                "If-None-Match",
                                tag)
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void aDisabledPersonKeepsTheNameAndAnErasedOneIsUnknown() {
        // Given
        var person = person("ada@example.org", "Ada");
        NODE.register("reader@example.org");
        var reader = NODE.signIn("reader@example.org");

        // When
        assertThat(admin("PATCH", "/api/users/" + person, "{\"disabled\":true}"))
                .isEqualTo(200);
        var disabled = get("/api/profiles/" + person, reader);
        assertThat(admin("DELETE", "/api/users/" + person, "")).isEqualTo(204);
        var erased = get("/api/profiles/" + person, reader);

        // Then
        assertThat(body(disabled).path("name").asText()).isEqualTo("Ada");
        assertThat(names(body(disabled))).containsExactly("id", "name");
        assertThat(erased.statusCode()).isEqualTo(404);
        assertThat(body(erased).path("detail"))
                .isEqualTo(body(get("/api/profiles/" + UNKNOWN, reader)).path("detail"));
        assertThat(body(get("/api/profiles?ids=" + person, reader)).path("items"))
                .isEmpty();
    }

    @Test
    void refusesWhatIsNoListOfIds() {
        NODE.register("careless@example.org");
        var token = NODE.signIn("careless@example.org");
        var many = String.join(",", Collections.nCopies(101, UNKNOWN));

        for (var query : List.of("", "?ids=", "?ids=x", "?ids=" + UNKNOWN + ",", "?ids=" + many)) {
            assertThat(get("/api/profiles" + query, token).statusCode())
                    .as(query)
                    .isEqualTo(422);
        }
        assertThat(NODE.get("/api/profiles?ids=" + UNKNOWN).statusCode()).isEqualTo(401);
    }

    @Test
    void idsCountAgainstTheLimitOfACallerWhetherTheyExistOrNot() {
        // Given
        NODE.register("curious@example.org");
        NODE.register("other@example.org");
        var token = NODE.signIn("curious@example.org");

        // When
        var hundred = "/api/profiles?ids=" + String.join(",", Collections.nCopies(100, UNKNOWN));
        var allowed =
                List.of(get(hundred, token).statusCode(), get(hundred, token).statusCode());
        var refused = get(hundred, token);

        // Then
        assertThat(allowed).containsExactly(200, 200);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(get("/api/profiles/" + UNKNOWN, NODE.signIn("other@example.org"))
                        .statusCode())
                .isEqualTo(404);
    }
}
