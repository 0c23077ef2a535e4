package dev.skelly.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Json;
import dev.skelly.feature.BodySchema;
import dev.skelly.schema.SchemaValidator;
import dev.skelly.schema.ValidationBudget;
import dev.skelly.schema.ValidationTooLongException;
import dev.skelly.testing.Torture;
import dev.skelly.testing.Waiting;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a declaration says and an event has, no event loop is held for longer than 50 ms. */
@ExtendWith(VertxExtension.class)
class WorstInputTest {

    private static final JsonMapper JSON = Json.mapper();
    private static final int DATA_BYTES_MAX = 64 * 1024;
    private static final Duration HELD_MAX = Duration.ofMillis(50);
    private static final int ROUNDS =
            12; // The compiler needs some; the best one counts, so that nothing else on the machine does.
    private static final Set<String> ANNOTATIONS =
            Set.of("$schema", "title", "description", "$comment", "default", "examples");

    /* A list is as many values as fit; the schema is that of each. */
    private record Worst(String keywords, String item, String value) {

        Set<String> names() {
            return Set.of(keywords.split(" "));
        }

        @Override
        public String toString() {
            return keywords + " of " + value.substring(0, Math.min(30, value.length()));
        }
    }

    private static Worst worst(String keywords, String item, String value) {
        return new Worst(keywords, item.replace('\'', '"'), value.replace('\'', '"'));
    }

    private static String text(String part, int chars) {
        return "'" + part.repeat(chars / part.length()) + "'";
    }

    /* So many alternatives that only the last one could allow the value. */
    private static String alternatives(String keyword, int count, String schema) {
        return "{'" + keyword + "':[" + String.join(",", Collections.nCopies(count, schema)) + "]}";
    }

    static Stream<Worst> patterns() {
        return Stream.of(
                        "^(.*a){12}$",
                        "^(.*a){300}$",
                        "^(a+)+$",
                        "(a|aa|a?)*b",
                        "(?:a?){499}",
                        "^([a-z]{0,9}){50}$",
                        "[a-f]{999}",
                        "(((a*)*b*)*)*$",
                        "^(\\\\p{L}*\\\\p{N}*){200}$")
                .flatMap(pattern -> Stream.of("a", "é")
                        .map(part -> worst(
                                "pattern maxLength",
                                "{'type':'string','maxLength':1000,'pattern':'" + pattern + "'}",
                                text(part, 1000))));
    }

    static Stream<Worst> formats() {
        return Stream.of(
                        "email " + "a.".repeat(490) + "@a",
                        "email " + "a@".repeat(490),
                        "email a@" + "a-".repeat(490),
                        "email 1@[IPv6:" + ":1".repeat(490) + "]",
                        "uri http://" + ":".repeat(990),
                        "uri http://[" + "1:".repeat(490) + "]",
                        "uri a:" + "%41".repeat(320),
                        "uri " + "a".repeat(1000),
                        "date-time 2026-01-01T00:00:00." + "9".repeat(950) + "Z",
                        "date-time 2026-01-01T00:00:00." + "9".repeat(950),
                        "date " + "9".repeat(1000),
                        "date 2026-13-01",
                        "uuid " + "0".repeat(1000),
                        "uuid 0",
                        "date-time 0",
                        "uri :")
                .map(line -> line.split(" ", 2))
                .map(parts -> worst(
                        "format",
                        "{'type':'string','maxLength':1000,'format':'" + parts[0] + "'}",
                        "'" + parts[1] + "'"));
    }

    static Stream<Worst> numbers() {
        return Stream.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
                .flatMap(keyword -> Stream.of("7", "3e-299", "1." + "3".repeat(390))
                        .flatMap(limit -> Stream.of("1", "1e299", "1." + "7".repeat(399))
                                .map(value ->
                                        worst(keyword, "{'type':'number','" + keyword + "':" + limit + "}", value))));
    }

    static Stream<Worst> values() {
        var long9 = "[" + String.join(",", Collections.nCopies(300, "[9]")) + "]";
        return Stream.of(
                worst("enum", "{'enum':[[],{},1,'a']}", long9),
                worst("enum", alternatives("anyOf", 300, "{'enum':[[1]]}"), long9),
                worst("const", "{'const':{'a':1}}", "{'a':2}"),
                worst("const", alternatives("anyOf", 300, "{'const':[[1]]}"), long9),
                worst("uniqueItems maxItems", "{'uniqueItems':true,'maxItems':256}", colliding()),
                worst(
                        "uniqueItems",
                        alternatives("allOf", 300, "{'uniqueItems':true,'maxItems':256}"),
                        "[" + numbersUpTo(256) + "]"),
                worst("type", "{'type':'integer'}", "1.0"),
                worst("type", alternatives("anyOf", 1_000, "{'type':['null','boolean']}"), "1"),
                worst("minLength maxLength", "{'maxLength':9,'minLength':9}", "''"),
                worst("minLength", alternatives("allOf", 1_000, "{'minLength':1}"), text("é", DATA_BYTES_MAX / 3)));
    }

    static Stream<Worst> containers() {
        var many = IntStream.range(0, 1_500).mapToObj(n -> "'f" + n + "'").toList();
        var fields = many.stream().map(name -> name + ":{'type':'string'}").collect(Collectors.joining(","));
        var object =
                IntStream.range(0, 2_000).mapToObj(n -> "'g" + n + "':" + n).collect(Collectors.joining(",", "{", "}"));
        return Stream.of(
                worst("properties", "{'properties':{" + fields + "}}", "{}"),
                worst("required", "{'required':[" + String.join(",", many) + "]}", "{}"),
                worst("required", "{'required':[" + String.join(",", many) + "]}", object),
                worst(
                        "additionalProperties",
                        alternatives("allOf", 500, "{'additionalProperties':{'type':'integer'}}"),
                        object),
                worst("additionalProperties", "{'additionalProperties':false}", object),
                worst("minProperties", alternatives("anyOf", 1_000, "{'minProperties':1}"), "{}"),
                worst("maxProperties", alternatives("allOf", 1_000, "{'maxProperties':1}"), "{}"),
                worst("minItems", alternatives("anyOf", 1_000, "{'minItems':1}"), "[]"),
                worst("maxItems", alternatives("allOf", 1_000, "{'maxItems':1}"), "[]"),
                worst("items", alternatives("allOf", 1_000, "{'items':{}}"), "[" + numbersUpTo(10_000) + "]"),
                worst("items", alternatives("allOf", 500, "{'items':{'items':{'items':{}}}}"), "[[[1,1],[1,1]]]"));
    }

    static Stream<Worst> combined() {
        return Stream.of(
                worst("anyOf oneOf not", nested("anyOf", "oneOf", 10), "1"),
                worst("allOf not", nested("allOf", "allOf", 10), "1"),
                worst("oneOf", nested("oneOf", "oneOf", 10), "1"),
                worst("not", "{'not':".repeat(12) + "{'type':'string'}" + "}".repeat(12), "1"),
                worst("anyOf", nested("anyOf", "anyOf", 10), "{}"),
                worst("$ref", "{'$ref':'#/$defs/a0'}", "1"),
                worst("$ref", "{'$ref':'#/$defs/a0'}", "'a'"));
    }

    private static String nested(String one, String other, int depth) {
        return depth == 0
                ? "{'type':'string'}"
                : "{'" + one + "':[" + nested(other, one, depth - 1) + "," + nested(other, one, depth - 1) + "]}";
    }

    private static String numbersUpTo(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    /* Texts with the same hash code. */
    private static String colliding() {
        var texts = new ArrayList<String>();
        for (var number = 0; number < 256; number++) {
            var text = new StringBuilder("'");
            for (var bit = 0; bit < 60; bit++) {
                text.append((number >> (bit % 8) & 1) == 0 ? "Aa" : "BB");
            }
            texts.add(text.append('\'').toString());
        }
        return "[" + String.join(",", texts) + "]";
    }

    static Stream<Worst> all() {
        return Stream.of(patterns(), formats(), numbers(), values(), containers(), combined())
                .flatMap(worst -> worst);
    }

    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private static Vertx vertx;

    @BeforeAll
    static void open(Vertx given) {
        vertx = given;
    }

    @ParameterizedTest
    @MethodSource("all")
    void noEventLoopIsHeld(Worst worst, @TempDir Path folder) throws Exception {
        var validator = new SchemaValidator(new BodySchema(schema(worst, folder), false), JSON);
        var document = document(worst);
        var best = Duration.ofDays(1);
        for (var round = 0; round < ROUNDS; round++) {
            var measured = Promise.<Duration>promise();
            vertx.runOnContext(turn -> measured.complete(held(validator, document)));
            var took = Waiting.on(measured.future());
            best = took.compareTo(best) < 0 ? took : best;
        }
        Torture.promise("validation of " + worst, best, HELD_MAX);
        assertThat(best).isLessThan(HELD_MAX);
    }

    /* The time of the processor, as the suite judges nothing by the clock. */
    private static Duration held(SchemaValidator validator, JsonNode document) {
        var threads = ManagementFactory.getThreadMXBean();
        var began = threads.getCurrentThreadCpuTime();
        try {
            assertThat(validator.faults(document, ValidationBudget.ofLoop()).size())
                    .isLessThanOrEqualTo(100);
        } catch (ValidationTooLongException left) { // To another thread.
        }
        return Duration.ofNanos(threads.getCurrentThreadCpuTime() - began);
    }

    @Test
    void eachKeywordOfADeclarationHasItsWorstInput() {
        var covered = new TreeSet<>(ANNOTATIONS);
        covered.add("$defs"); // Stands for what $ref means.
        all().forEach(worst -> covered.addAll(worst.names()));
        assertThat(covered).isEqualTo(AllowedKeywords.known());
    }

    private static Map<String, Object> schema(Worst worst, Path folder) throws Exception {
        var definitions = IntStream.range(0, 10)
                .mapToObj(n -> "\"a" + n + "\":{\"anyOf\":[{\"$ref\":\"#/$defs/a" + (n + 1)
                        + "\"},{\"$ref\":\"#/$defs/a" + (n + 1) + "\"}]}")
                .collect(Collectors.joining(","));
        var data = "{\"type\":\"object\",\"properties\":{\"v\":{\"type\":\"array\",\"items\":" + worst.item()
                + "}},\"$defs\":{" + definitions + ",\"a10\":{\"type\":\"null\"}}}";
        Files.writeString(
                folder.resolve("worst.yaml"),
                "{\"types\":[{\"name\":\"thing.done\",\"meaning\":\"m\",\"audience\":[\"public\"],\"data\":" + data
                        + "}]}");
        return new EventTypeFiles().folder(folder).declared().types().get(0).schema();
    }

    private static JsonNode document(Worst worst) throws Exception {
        var count = Math.max(1, (DATA_BYTES_MAX - 10) / (worst.value().getBytes(StandardCharsets.UTF_8).length + 1));
        return JSON.readTree("{\"v\":[" + String.join(",", Collections.nCopies(count, worst.value())) + "]}");
    }

    @Test
    void aTooLongValidationIsRepeatedElsewhereAndEnds() {
        var validator = new SchemaValidator(
                new BodySchema(Map.of("items", Map.of("maxLength", 1000, "pattern", "^(.*a){300}$")), false), JSON);
        var document = JSON.createArrayNode();
        List.of(1, 2, 3).forEach(n -> document.add("a".repeat(1000)));

        assertThat(validator.faults(document)).isEmpty();
    }
}
