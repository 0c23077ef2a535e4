package dev.skelly.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.JavaScript;
import dev.skelly.testing.WholeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a running node says of itself, judged by programs of others. */
class GeneratedDocumentsIT {

    @SuppressWarnings("NullAway.Init")
    private static WholeNode node;

    @BeforeAll
    static void start() {
        node = WholeNode.start(Map.of("ratelimit.burst", "1000"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String saved(String path, String name) throws IOException {
        var answer = node.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        Files.createDirectories(JavaScript.folder());
        return Files.writeString(JavaScript.folder().resolve(name), answer.body())
                .toString();
    }

    @Test
    void redoclyFindsNothingInTheApiDescription() throws IOException {
        var ended = JavaScript.run(
                "node_modules/@redocly/cli/bin/cli.js",
                "lint",
                "--config=redocly.yaml",
                saved("/openapi.json", "openapi.json"));
        assertThat(ended.output()).contains("is valid").doesNotContain("[1]");
        assertThat(ended.code()).as(ended.output()).isZero();
    }

    @Test
    void asyncApiParserFindsNothingInTheDescriptionOfEvents() throws IOException {
        var ended = JavaScript.run("asyncapi.mjs", saved("/asyncapi.json", "asyncapi.json"));
        assertThat(ended.code()).as(ended.output()).isZero();
        assertThat(ended.output()).startsWith("3.0.0: ");
    }

    @Test
    void typesCompileStrictly() throws IOException {
        assertThat(saved("/types.ts", "types.ts")).isNotEmpty();
        var ended =
                JavaScript.run("node_modules/typescript/bin/tsc", "--strict", "--noEmit", "--project", "tsconfig.json");
        assertThat(ended.code()).as(ended.output()).isZero();
    }

    @Test
    void everyRouteSaysHowItSucceeds() {
        var paths = node.read(node.get("/openapi.json").body()).path("paths");
        var silent = new ArrayList<String>();
        paths.properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    var statuses = new TreeSet<String>();
                    operation.getValue().path("responses").fieldNames().forEachRemaining(statuses::add);
                    if (statuses.first().compareTo("4") >= 0) {
                        silent.add(operation.getKey() + " " + path.getKey());
                    }
                }));
        assertThat(silent)
                .as("routes without an answer: say it with Route.answering")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/openapi.json", "/asyncapi.json", "/feature-map.json", "/types.ts", "/docs", "/api/event-types"
            })
    void whoHasADocumentIsNotSentItAgain(String path) {
        var first = node.get(path);
        var etag = first.headers().firstValue("ETag").orElseThrow();
        var again = node.send(node.request(path).header("If-None-Match", etag).build());
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void featureMapTellsWhoListens() {
        var map = node.read(node.get("/feature-map.json").body());
        assertThat(map.path("rooms").findValuesAsText("name")).contains("accounts", "analytics");
        assertThat(listeners(map, "user.registered")).contains("welcome-mail", "update-analytics");
        assertThat(listeners(map, "ui.viewed")).doesNotContain("update-analytics");
    }

    @Test
    void descriptionOfEventsLeavesOutWhatAWorkerLeavesOut() {
        var channels = node.read(node.get("/asyncapi.json").body()).path("channels");
        var analytics = channels.path("queue-update-analytics").path("messages");
        assertThat(analytics.has("user-registered")).isTrue();
        assertThat(analytics.has("ui-viewed")).isFalse();
    }

    private static List<String> listeners(JsonNode map, String type) {
        var names = new ArrayList<String>();
        for (var event : map.path("events")) {
            if (event.path("name").asText().equals(type)) {
                event.path("workers").forEach(worker -> names.add(worker.asText()));
            }
        }
        return names;
    }

    @Test
    void eventTypesAreThoseThatTheCallerMayKnow() {
        var answer = node.get("/api/event-types");
        assertThat(answer.headers().firstValue("RateLimit")).isPresent();
        var nobody = node.read(answer.body());
        var token = node.signIn(WholeNode.ADMIN);
        var admin = node.read(node.send(node.request("/api/event-types")
                        .header("Authorization", "Bearer " + token)
                        .build())
                .body());
        assertThat(nobody.path("items").findValuesAsText("name")).doesNotContain("user.registered");
        assertThat(admin.path("items").findValuesAsText("name")).contains("user.registered");
        assertThat(node.get("/api/event-types/user.registered").statusCode()).isEqualTo(404);
        var one = node.send(node.request("/api/event-types/user.registered")
                .header("Authorization", "Bearer " + token)
                .build());
        assertThat(node.read(one.body()).path("schema").path("properties").has("userId"))
                .isTrue();
    }
}
