package dev.skelly.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skelly.testing.LogLines;
import dev.skelly.testing.OpenStream;
import dev.skelly.testing.WholeNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Declarations that change while a node runs. */
class ChangedDeclarationsIT {

    private static final Duration LIVE_WITHIN = Duration.ofSeconds(2);
    private static final String LAMP = """
            types:
              - name: lamp.lit
                meaning: A lamp was lit.
                data:
                  type: object
                  properties: {%s: {type: string, maxLength: 20}}
                  required: [%s]
                  additionalProperties: false
                audience: [self, "topic:lamps/all"]
                emit: [user]
            %s
            topics:
              - {pattern: "topic:lamps/{which}", read: [%s]}
            """;
    private static final String BELL = """
              - name: lamp.rung
                meaning: A bell rang.
                data: {type: object, properties: {}, additionalProperties: false}
                audience: [self]
                emit: [user]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private WholeNode node;

    @SuppressWarnings("NullAway.Init")
    private String token;

    @BeforeEach
    void start() throws IOException {
        declare(lamp("place", "", "user"));
        node = WholeNode.start(settings());
        node.register("ada@example.org");
        token = node.signIn("ada@example.org");
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Map<String, String> settings() {
        return Map.of(
                "events.dir", folder.resolve("events").toString(),
                "system.errors", "true",
                "ratelimit.enabled", "false");
    }

    private static String lamp(String field, String more, String readers) {
        return LAMP.formatted(field, field, more, readers);
    }

    /* Replaces the file in one step, like most editors. */
    private void declare(String declarations) throws IOException {
        var file = folder.resolve("events/lamp.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(folder.resolve("next"), declarations);
        Files.move(folder.resolve("next"), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private HttpResponse<String> emit(String type, String data) {
        return node.send(node.request("/api/events")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"type\":\"" + type + "\",\"data\":" + data + "}"))
                .build());
    }

    private HttpResponse<String> send(String path) {
        return node.send(
                node.request(path).header("Authorization", "Bearer " + token).build());
    }

    private String health() {
        return node.get("/health/ready").body();
    }

    @Test
    void changedFieldsAreLiveWithinTwoSecondsForEmissionsAndDocuments() throws IOException {
        // Given
        assertThat(emit("lamp.lit", "{\"place\":\"hall\"}").statusCode()).isEqualTo(202);

        // When
        declare(lamp("where", "", "user"));

        // Then
        await().atMost(LIVE_WITHIN)
                .until(() -> emit("lamp.lit", "{\"where\":\"hall\"}").statusCode() == 202);
        assertThat(emit("lamp.lit", "{\"place\":\"hall\"}").statusCode()).isEqualTo(422);
        await().atMost(LIVE_WITHIN).until(() -> node.get("/types.ts").body().contains("where"));
        assertThat(node.get("/openapi.json").body()).contains("\"where\"").doesNotContain("\"place\"");
        assertThat(node.get("/asyncapi.json").body()).contains("\"where\"");
    }

    @Test
    void aNewTypeReachesAStreamThatWasOpenedBefore() throws IOException {
        try (var stream = new OpenStream(node, "?types=lamp.*", "Authorization", "Bearer " + token).ready()) {
            // When
            declare(lamp("place", BELL, "user"));

            // Then
            await().atMost(LIVE_WITHIN).until(() -> emit("lamp.rung", "{}").statusCode() == 202);
            await().until(() -> stream.heard("lamp.rung"));
            assertThat(stream.ended()).isFalse();
            await().until(() -> node.get("/feature-map.json").body().contains("lamp.rung"));
        }
    }

    @Test
    void aFieldThatIsHiddenNowIsHiddenFromStreamsThatWereOpenedBefore() throws IOException {
        try (var stream = new OpenStream(node, "?types=lamp.*", "Authorization", "Bearer " + token).ready()) {
            // Given
            assertThat(emit("lamp.lit", "{\"place\":\"hall\"}").statusCode()).isEqualTo(202);
            await().until(() -> stream.heard("hall"));

            // When
            declare(lamp("place", "", "user")
                    .replace("was lit", "shines")
                    .replace("    emit:", "    views: {admin: [\"*\"]}\n    emit:"));
            await().until(() -> send("/api/event-types/lamp.lit").body().contains("shines"));
            var hidden = emit("lamp.lit", "{\"place\":\"attic\"}");

            // Then
            await().until(() -> stream.heard(node.read(hidden.body()).path("id").asText()));
            assertThat(stream.heard("attic")).isFalse();
            assertThat(stream.ended()).isFalse();
        }
    }

    @Test
    void aChannelThatIsClosedEndsTheStreamsThatReadIt() throws IOException {
        try (var stream = new OpenStream(
                        node, "?types=lamp.*&channels=topic:lamps/all", "Authorization", "Bearer " + token)
                .ready()) {
            // When
            declare(lamp("place", "", "admin"));

            // Then
            await().until(() -> stream.heard("event: skelly.bye"));
            assertThat(stream.heard("\"auth\"")).isTrue();
        }
    }

    @Test
    void errorsKeepTheFormerTypesAndAreSaidOnceAndUntilTheyAreMended() throws IOException {
        try (var log = LogLines.of(DeclarationWatch.class);
                var admin = new OpenStream(
                                node, "?types=system.*", "Authorization", "Bearer " + node.signIn(WholeNode.ADMIN))
                        .ready()) {
            // When
            declare("types: [{name: lamp.lit, meaning: Nothing else.}, {name: Lamp}]");

            // Then
            await().until(() -> health().contains("\"detail\":\"changed event types have "));
            assertThat(node.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(emit("lamp.lit", "{\"place\":\"hall\"}").statusCode()).isEqualTo(202);
            await().until(() -> admin.heard("DeclarationWatch"));
            assertThat(log.lines()).containsExactly("changed event types are refused, the former ones stay in use");

            // When
            declare(lamp("place", "", "user"));

            // Then
            await().until(() -> health().contains("\"declarations\":{\"status\":\"up\"}"));
            assertThat(emit("lamp.lit", "{\"place\":\"hall\"}").statusCode()).isEqualTo(202);
        }
    }

    @Test
    void aRemovedTypeIsUnknownAndItsEventsAreShownToAdministratorsOnly() throws IOException {
        // Given
        declare(lamp("place", BELL, "user"));
        await().until(() -> emit("lamp.rung", "{}").statusCode() == 202);

        // When
        declare(lamp("place", "", "user"));

        // Then
        await().atMost(LIVE_WITHIN).until(() -> emit("lamp.rung", "{}").statusCode() == 422);
        assertThat(send("/api/events").body()).doesNotContain("lamp.rung");
        await().until(() -> !node.get("/types.ts").body().contains("lamp.rung"));
    }

    @Test
    void aMissingFolderAndChangedSealingAreRefused() throws IOException {
        // Given
        var sealed = lamp("place", "", "user")
                .replace("audience: [self, \"topic:lamps/all\"]", "audience: [self]\n    sensitive: [place]");

        // When
        declare(sealed);

        // Then
        await().until(() -> health().contains("changed event types have 1 error "));

        // When
        Files.delete(folder.resolve("events/lamp.yaml"));
        Files.delete(folder.resolve("events"));

        // Then
        await().during(Duration.ofSeconds(2))
                .until(() -> emit("lamp.lit", "{\"place\":\"hall\"}").statusCode() == 202);
        assertThat(health()).contains("changed event types have 1 error ");
    }
}
