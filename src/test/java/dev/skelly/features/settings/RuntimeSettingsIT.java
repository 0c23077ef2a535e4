package dev.skelly.features.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.LiveSocket;
import dev.skelly.testing.OpenStream;
import dev.skelly.testing.Torture;
import dev.skelly.testing.WholeNode;
import dev.skelly.testkit.FeatureFixture;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings that change while nodes run: on all nodes within a second, over restarts, and never half. */
final class RuntimeSettingsIT {

    private static final String PATH = "/api/admin/settings";
    private static final Duration SOON = Torture.ON ? Duration.ofSeconds(1) : Duration.ofSeconds(30);
    private static final String MANY = "1000"; // Each look at the setting is a registration.

    private final WholeNode first = WholeNode.start(Map.of("auth.registrations", MANY));
    private final WholeNode second = first.beside(Map.of("auth.registrations", MANY, "auth.registration", "private"));
    private String token = first.signIn(WholeNode.ADMIN);

    @AfterEach
    void close() {
        second.close();
        first.close();
    }

    private HttpResponse<String> call(WholeNode node, String method, String body, String... tag) {
        var request = node.request(PATH)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (var one : tag) {
            request.header("If-Match", one);
        }
        return node.send(request.build());
    }

    private JsonNode settings(WholeNode node) {
        return node.read(call(node, "GET", "").body());
    }

    private void patch(String body) {
        var answer = call(first, "PATCH", body, "*");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static int register(WholeNode node, String email) {
        return node.post("/api/auth/register", Map.of("email", email, "password", WholeNode.PASSWORD))
                .statusCode();
    }

    private List<String> rows(String select) {
        return FeatureFixture.await(first.database().pool().query(select).execute()).stream()
                .map(row -> row.getString(0))
                .toList();
    }

    @Test
    void aChangeIsInEffectOnEveryNodeWithinASecondAndCanBeTakenBack() {
        // Given
        assertThat(register(first, "a@example.org")).isEqualTo(201);
        assertThat(register(second, "b@example.org")).isEqualTo(202);

        // When
        patch("{\"auth.registration\":\"closed\"}");

        // Then
        assertThat(register(first, "c@example.org")).isEqualTo(403);
        await().atMost(SOON).until(() -> register(second, "d@example.org") == 403);

        // When
        patch("{\"auth.registration\":null}");

        // Then
        await().atMost(SOON).until(() -> register(first, "e@example.org") == 201);
        await().atMost(SOON).until(() -> register(second, "f@example.org") == 202);
        assertThat(settings(second).path("auth.registration").asText()).isEqualTo("private");
    }

    @Test
    void limitsAndTheLevelOfTheLogChangeWithoutARestart() {
        // Given
        var root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
        var before = root.getLevel();

        try {
            // When
            patch("{\"ratelimit.per-second\":1,\"ratelimit.burst\":7,\"log.level\":\"error\"}");

            // Then
            var policy = call(first, "GET", "").headers().firstValue("RateLimit-Policy");
            assertThat(policy.orElseThrow()).contains("q=7");
            assertThat(root.getLevel()).isEqualTo(Level.ERROR);
            await().atMost(SOON)
                    .until(() -> second.get("/api/event-types")
                            .headers()
                            .firstValue("RateLimit-Policy")
                            .filter(limit -> limit.contains("q=7"))
                            .isPresent());

            // When
            patch("{\"ratelimit.enabled\":false,\"log.level\":null}");

            // Then
            assertThat(root.getLevel()).isEqualTo(Level.INFO);
            for (var n = 0; n < 20; n++) {
                assertThat(call(first, "GET", "").statusCode()).isEqualTo(200);
            }
        } finally {
            root.setLevel(before);
        }
    }

    @Test
    void aNodeThatStartsLaterHasTheChangeWhateverItsOwnSettingsSay() {
        // Given
        patch("{\"auth.registration\":\"closed\"}");

        // When
        try (var third = first.beside(Map.of("auth.registration", "open"))) {
            // Then
            assertThat(register(third, "late@example.org")).isEqualTo(403);
        }
    }

    @Test
    void aChangeIsInTheAuditAndAnEventNamesItsKeysOnly() {
        // When
        patch("{\"auth.registration\":\"private\",\"ratelimit.burst\":50}");
        patch("{\"auth.registration\":\"private\",\"ratelimit.burst\":null}");
        patch("{\"ratelimit.burst\":null}");

        // Then
        assertThat(rows("select coalesce(before::text, '') || ' ' || coalesce(after::text, '') from audit"
                        + " where act = 'system.config-updated' and actor is not null order by id"))
                .containsExactly(
                        "{} {\"ratelimit.burst\": \"50\", \"auth.registration\": \"private\"}",
                        "{\"ratelimit.burst\": \"50\"} {}");
        assertThat(rows("select data::text || channels::text from event"
                        + " where type = 'system.config-updated' and actor is not null order by seq"))
                .containsExactly(
                        "{\"changed\": [\"auth.registration\", \"ratelimit.burst\"]}{role:admin}",
                        "{\"changed\": [\"ratelimit.burst\"]}{role:admin}");
    }

    @Test
    void namesAllFaultsAtOnceAndChangesNothing() {
        // Given
        var before = call(first, "GET", "");

        // When
        var answer = call(
                first,
                "PATCH",
                "{\"auth.registration\":\"closed\",\"log.levle\":\"info\",\"http.port\":1,\"ratelimit.burst\":0,"
                        + "\"ratelimit.enabled\":\"yes\",\"log.level\":[]}",
                "*");

        // Then
        assertThat(answer.statusCode()).isEqualTo(422);
        var errors = first.read(answer.body()).path("errors");
        assertThat(errors.findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "#/log.levle", "#/http.port", "#/ratelimit.burst", "#/ratelimit.enabled", "#/log.level");
        assertThat(errors.findValuesAsText("code"))
                .containsExactlyInAnyOrder("unknown", "not-at-run-time", "format", "format", "type");
        assertThat(errors.toString()).contains("perhaps log.level", "expected: at least 1", "expected: true or false");
        var after = call(first, "GET", "");
        assertThat(after.body()).isEqualTo(before.body());
        assertThat(after.headers().firstValue("ETag"))
                .isEqualTo(before.headers().firstValue("ETag"));
    }

    @Test
    void whoHasReadAnOlderStateChangesNothing() {
        // Given
        var tag = call(first, "GET", "").headers().firstValue("ETag").orElseThrow();

        // Then
        assertThat(call(second, "PATCH", "{\"ratelimit.burst\":41}", tag).statusCode())
                .isEqualTo(200);
        assertThat(call(first, "PATCH", "{\"ratelimit.burst\":42}", tag).statusCode())
                .isEqualTo(412);
        assertThat(call(first, "PATCH", "{\"ratelimit.burst\":42}").statusCode())
                .isEqualTo(428);
        assertThat(settings(first).path("ratelimit.burst").asInt()).isEqualTo(41);
    }

    private OpenStream stream(WholeNode node) {
        return new OpenStream(node, "", "Authorization", "Bearer " + token);
    }

    private int status(WholeNode node) {
        try (var opened = stream(node)) {
            return opened.status();
        }
    }

    @Test
    void aLowerLimitOfStreamsRefusesNewOnesOnAllNodesAndEndsNone() {
        // Given
        try (var one = stream(second).ready();
                var two = stream(second).ready()) {
            // When
            patch("{\"stream.connections-per-user\":2}");

            // Then
            await().atMost(SOON).until(() -> status(second) == 429);
            assertThat(status(first)).isEqualTo(200);
            patch("{\"stream.connections-per-user\":null,\"stream.connections-per-node\":1}");
            await().atMost(SOON).until(() -> status(second) == 503);
            patch("{\"stream.connections-per-node\":null}");
            await().atMost(SOON).until(() -> status(second) == 200);
            assertThat(one.ended() || two.ended()).isFalse();
        }
    }

    @Test
    void anOpenWebSocketHasTheNewLimitOfMessages() {
        // Given
        try (var socket = LiveSocket.open(second.url(), token)) {
            // When
            patch("{\"stream.messages-per-second\":1}");
            await().atMost(SOON)
                    .until(() ->
                            settings(second).path("stream.messages-per-second").asInt() == 1);

            // Then
            await().atMost(SOON).until(() -> {
                for (var n = 0; n < 4; n++) {
                    socket.send("{'do':'ping'}");
                }
                return socket.messages().stream()
                        .anyMatch(message ->
                                message.path("problem").path("status").asInt() == 429);
            });
        }
    }
}
