package dev.skelly.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.OneLine;
import dev.skelly.schema.PatternTexts;
import dev.skelly.testing.JavaScript;
import dev.skelly.testing.WholeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a running node says of itself, judged by programs of others. */
class GeneratedDocumentsIT {

    /* Made unique by a generator; three digits are a status. */
    private static final Pattern NUMBERED =
            Pattern.compile("\\b[A-Z][A-Za-z]*(?:[A-Za-z]\\d{1,2}|BodyOne|BodyTwo)(?= *[=:{<])");

    private static final Pattern THROWN =
            Pattern.compile("(?:(?:new Problem|Problem\\.of)\\(\\s*(?:Problem\\.)?Kind\\.\\w+,"
                    + "|Problem\\.(?:conflict|malformed|unauthenticated)\\()\\s*\"([a-z-]+)\"");

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
    void patternsMeanInEcmaScriptWhatTheyMeanHere() throws IOException {
        var patterns = new TreeSet<String>();
        for (var path : List.of("/openapi.json", "/asyncapi.json")) {
            node.read(node.get(path).body()).findParents("pattern").stream()
                    .map(schema -> schema.path("pattern"))
                    .filter(JsonNode::isTextual)
                    .forEach(pattern -> patterns.add(pattern.textValue()));
        }
        assertThat(patterns).contains(OneLine.PATTERN).hasSizeGreaterThan(2);
        PatternTexts.assertAlike(patterns);
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

    @Test
    void generatorsOfClientsMakeNoNameUnique() throws IOException {
        var api = saved("/openapi.json", "openapi.json");
        run("node_modules/openapi-typescript/bin/cli.js", api, "--output", "api.ts");
        run("node_modules/orval/dist/bin/orval.mjs", "--config", "orval.config.mjs");
        run("node_modules/typescript/bin/tsc", "--project", "tsconfig-api.json");
        for (var made : List.of("api.ts", "client.ts")) {
            var text = Files.readString(JavaScript.folder().resolve(made));
            assertThat(text).contains("EventAccepted", "UserPage", "FieldError", "UiClickedEmission");
            assertThat(NUMBERED.matcher(text).results().map(MatchResult::group))
                    .as(made)
                    .isEmpty();
        }
    }

    private static void run(String... program) {
        var ended = JavaScript.run(program);
        assertThat(ended.code()).as(ended.output()).isZero();
    }

    @Test
    void everyObjectOfTheApiSaysWhetherItIsOpen() {
        var api = node.read(node.get("/openapi.json").body());
        assertThat(api.findParents("type").stream()
                        .filter(schema -> schema.path("type").asText().equals("object"))
                        .filter(schema -> !schema.has("properties") && !schema.has("additionalProperties")))
                .isEmpty();
        assertThat(api.at("/paths/~1api~1me~1preferences/get/responses/200/content/application~1json/schema")
                        .path("additionalProperties")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void recordsInsideOthersAreReferredTo() {
        var api = node.read(node.get("/openapi.json").body());
        var schemas = api.path("components").path("schemas");
        assertThat(schemas.at("/UserPage/properties/items/items/$ref").asText()).isEqualTo("#/components/schemas/User");
        schemas.forEach(schema -> {
            if (!schema.has("title")) { // A body of a request is no record.
                assertThat(schema.path("properties").findParents("properties"))
                        .as("fields of fields, in %s", schema)
                        .isEmpty();
            }
        });
    }

    @Test
    void everyCodeOfAProblemIsNamed() throws IOException {
        var api = node.read(node.get("/openapi.json").body());
        var named = new ArrayList<String>();
        api.at("/components/schemas/Problem/properties/code/enum").forEach(code -> named.add(code.asText()));
        var declared = new TreeSet<String>();
        api.findValues("examples")
                .forEach(examples -> examples.forEach(
                        one -> declared.add(one.path("value").path("code").asText("not-found"))));
        assertThat(named).doesNotHaveDuplicates().containsAll(declared).contains("internal", "request-uri-too-long");
        assertThat(named).containsAll(thrown());
    }

    /* The codes that are written where a problem is made. */
    private static Set<String> thrown() throws IOException {
        var codes = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                THROWN.matcher(Files.readString(file)).results().forEach(found -> codes.add(found.group(1)));
            }
        }
        assertThat(codes).contains("timeout", "stale-version", "disabled");
        codes.remove("disabled"); // Only the command line asks for what is refused with it.
        return codes;
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
        assertThat(map.path("features").findValuesAsText("name")).contains("accounts", "analytics");
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
