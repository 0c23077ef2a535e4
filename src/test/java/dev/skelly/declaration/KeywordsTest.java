package dev.skelly.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Json;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import dev.skelly.schema.SchemaValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each keyword of a declaration allows and refuses what JSON Schema says, numbers without rounding. */
class KeywordsTest {

    private static final JsonMapper JSON = Json.mapper();
    private static final Set<String> ANNOTATIONS = Set.of("title", "description", "$comment", "default", "examples");

    /* The schema of the field v, written as in YAML; JSON values separated by spaces. */
    private record Case(String keyword, String schema, String allowed, String refused) {}

    static Stream<Case> cases() {
        return Stream.of(values(), containers(), texts(), numbers(), combined()).flatMap(one -> one);
    }

    private static Stream<Case> values() {
        return Stream.of(
                new Case(
                        "type",
                        "{type: integer}",
                        "1 1.0 1e2 123456789012345678901234567890 0",
                        "1.5 \"1\" null [] {} true"),
                new Case("type", "{type: [number, 'null']}", "1.5 1 null", "\"1\" false"),
                new Case(
                        "enum",
                        "{enum: [1, a, [2], {b: 3}, null]}",
                        "1.0 \"a\" [2.0] {\"b\":30e-1} null",
                        "2 \"b\" [1] {\"b\":4} {} false"),
                new Case(
                        "enum",
                        "{enum: [9007199254740993, 1.0e+200]}",
                        "9007199254740993 10e199",
                        "9007199254740992 1e201"),
                new Case("const", "{const: {a: [1, 2]}}", "{\"a\":[1.0,2]}", "{\"a\":[2,1]} {\"a\":[1,2],\"b\":0}"),
                new Case("const", "{const: 0}", "0 0.0 -0 0e9", "false null \"0\" 1e-299"),
                new Case("multipleOf", "{multipleOf: 0.1}", "0.3 1e299 0 -7 \"x\"", "0.05 0.30000000000000001 1e-299"),
                new Case("multipleOf", "{multipleOf: 3}", "9007199254740993 3e299", "9007199254740992 1e299 1.5"),
                new Case("multipleOf", "{multipleOf: 1e-8}", "12391239123 0.00000001 1e299", "0.000000001"));
    }

    private static Stream<Case> containers() {
        return Stream.of(
                new Case(
                        "properties",
                        "{properties: {a: {type: string}, b: false}}",
                        "{} {\"a\":\"\"} [] {\"c\":1}",
                        "{\"a\":1} {\"b\":1}"),
                new Case("required", "{required: [a]}", "{\"a\":null} [] 1", "{} {\"b\":1}"),
                new Case(
                        "additionalProperties",
                        "{properties: {a: {}}, additionalProperties: {type: string}}",
                        "{\"a\":1,\"b\":\"\"}",
                        "{\"b\":1}"),
                new Case(
                        "additionalProperties",
                        "{properties: {a: {}}, additionalProperties: false}",
                        "{\"a\":1}",
                        "{\"b\":1}"),
                new Case("minProperties", "{minProperties: 1}", "{\"a\":1} 1", "{}"),
                new Case("maxProperties", "{maxProperties: 1}", "{\"a\":1} {} []", "{\"a\":1,\"b\":2}"),
                new Case("items", "{items: {type: integer}}", "[] [1,2] {}", "[1,\"2\"]"),
                new Case("minItems", "{minItems: 2}", "[1,2] {}", "[1] []"),
                new Case("maxItems", "{maxItems: 1}", "[1] {\"a\":1,\"b\":2}", "[1,2]"),
                new Case(
                        "uniqueItems",
                        "{uniqueItems: true, maxItems: 9}",
                        "[] [1,\"1\",true,[1],{\"a\":1}] [0,false,null] [9007199254740992,9007199254740993]",
                        "[1,1.0] [{\"a\":1,\"b\":2},{\"b\":2.0,\"a\":1}] [[1],[1]] [1e2,100]"));
    }

    private static Stream<Case> texts() {
        return Stream.of(
                new Case("minLength", "{minLength: 2}", "\"ab\" \"äö\" 1", "\"a\" \"\ud83d\udc32\""),
                new Case("maxLength", "{maxLength: 2}", "\"\ud83d\udc32\ud83d\udc32\" 123", "\"abc\""),
                new Case(
                        "pattern",
                        "{pattern: '^a.c$|b', maxLength: 9}",
                        "\"abc\" \"xbx\" 1",
                        "\"ac\" \"a\\nc\" \"axc\\n\""),
                new Case(
                        "format",
                        "{format: email, maxLength: 99}",
                        "\"a@b\" \"a.b@skelly.example\" \"\\\"a b\\\"@x\" \"a@[127.0.0.1]\" 1",
                        "\"\" \"a\" \"@\" \"a@b.\" \"a@b@c\" \"a..b@c\" \"a@[1]\""),
                new Case(
                        "format",
                        "{format: uuid, maxLength: 36}",
                        "\"0192c0de-7a5e-7000-8000-000000000001\"",
                        "\"0192c0de7a5e70008000000000000001\" \"x\""),
                new Case(
                        "format",
                        "{format: date-time, maxLength: 99}",
                        "\"2026-11-23T09:20:00Z\" \"1998-12-31T23:59:60Z\" \"2026-11-23T09:20:00.1234567890123+01:00\" \"2026-11-23t09:20:00z\" \"0000-02-29T00:00:00-23:59\"",
                        "\"2026-11-23\" \"2026-13-01T00:00:00Z\" \"2026-11-23T09:20:00\" \"2026-11-23T09:20:60Z\" \"2026-11-23T24:00:00Z\" \"2026-11-23T09:20Z\" \"2026-11-23T09:20:00+0100\" \"+12026-11-23T09:20:00Z\" \"9999-12-31T23:59:60Z\" \"2026-11-23T09:20:00Z\\n\""),
                new Case(
                        "format",
                        "{format: date, maxLength: 10}",
                        "\"2024-02-29\" \"0000-01-01\"",
                        "\"2026-02-29\" \"+999-01-01\" \"-001-01-01\" \"26-1-1\""),
                new Case(
                        "format",
                        "{format: uri, maxLength: 99}",
                        "\"http://a:80/b?c#d\" \"urn:x:y\" \"http://[::1]:8/\" \"http://u:p@h/\" \"mailto:a@b\"",
                        "\"http://a:port/\" \"/a\" \"http://[\" \"a b:\" \"http://a@b@c/\" \"\""));
    }

    private static Stream<Case> numbers() {
        return Stream.of(
                new Case(
                        "minimum",
                        "{minimum: 9007199254740993}",
                        "9007199254740993 9007199254740993.0 1e299 \"1\"",
                        "9007199254740992 -1e299 9007199254740992.999"),
                new Case(
                        "maximum",
                        "{maximum: 9223372036854775808}",
                        "9223372036854775808 -1e20 0",
                        "9223372036854775809 1e20 9223372036854775808.1"),
                new Case("maximum", "{type: integer, maximum: 10}", "10 1e1", "1e20 11 123456789012345678901234567890"),
                new Case("exclusiveMinimum", "{exclusiveMinimum: 0.1}", "0.10000000000000000001 1", "0.1 0.100 -1"),
                new Case(
                        "exclusiveMaximum", "{exclusiveMaximum: 0.3}", "0.2999999999999999999999 0", "0.3 3e-1 1e299"));
    }

    private static Stream<Case> combined() {
        return Stream.of(
                new Case("oneOf", "{oneOf: [{type: string}, {minLength: 1}]}", "\"\" 1", "\"a\""),
                new Case("anyOf", "{anyOf: [{type: string}, {minimum: 5}]}", "\"\" 5 []", "4"),
                new Case("allOf", "{allOf: [{minimum: 1}, {maximum: 3}]}", "2 \"x\"", "0 4"),
                new Case("not", "{not: {type: string}}", "1", "\"\""),
                new Case("$ref", "{$ref: '#/$defs/short'}", "\"ab\"", "\"abc\""));
    }

    private static List<JsonNode> values(String text) throws IOException {
        var reader = JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        var values = new ArrayList<JsonNode>();
        try (var parser = reader.createParser(text)) {
            for (JsonNode value = reader.readTree(parser);
                    value != null && !value.isMissingNode();
                    value = reader.readTree(parser)) {
                values.add(value);
            }
        }
        return values;
    }

    private static List<FieldError> faults(SchemaValidator validator, JsonNode value) {
        return validator.faults(JSON.createObjectNode().set("v", value));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void keywordAllowsAndRefuses(Case one, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("one.yaml"), """
                types:
                  - name: thing.done
                    meaning: It is done.
                    audience: [public]
                    data:
                      $schema: https://json-schema.org/draft/2020-12/schema
                      type: object
                      properties: {v: %s}
                      $defs: {short: {type: string, maxLength: 2}}
                """.formatted(one.schema()));
        var schema =
                new EventTypeFiles().folder(folder).declared().types().get(0).schema();
        var validator = new SchemaValidator(new BodySchema(schema, false), JSON);

        for (var value : values(one.allowed())) {
            assertThat(faults(validator, value))
                    .as("%s of %s", one.schema(), value)
                    .isEmpty();
        }
        for (var value : values(one.refused())) {
            assertThat(faults(validator, value))
                    .as("%s of %s", one.schema(), value)
                    .isNotEmpty();
        }
    }

    @Test
    void eachKeywordHasACase() {
        var covered = new TreeSet<>(ANNOTATIONS);
        covered.addAll(List.of("$schema", "$defs")); // In all cases.
        cases().forEach(one -> covered.add(one.keyword()));
        assertThat(covered).isEqualTo(AllowedKeywords.known());
    }
}
