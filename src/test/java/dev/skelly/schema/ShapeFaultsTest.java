package dev.skelly.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Json;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault is found, where it is and in our words. */
final class ShapeFaultsTest {

    private static final JsonMapper JSON = Json.mapper();
    private static final List<String> STRANGE = List.of(
            "",
            " ",
            ".",
            "@",
            "@@",
            "a@",
            "@a",
            ":",
            "::",
            "/",
            "//",
            "-",
            "P",
            "T",
            "PT",
            "[",
            "(",
            "%",
            "\u0000",
            "\ud83d\ude00",
            "0000-00-00",
            "9999-99-99T99:99:99Z",
            "2026-11-25T25:61:61+99:99",
            "1:1:1",
            "::ffff:999.1.1.1",
            "0x1.1",
            "xn--",
            "http://[",
            "{");

    private static final SchemaValidator CHECK = new SchemaValidator(
            BodySchema.of(
                    BodySchema.email("email"),
                    BodySchema.flag("agreed").optional(),
                    new BodySchema.Field("age", false, Map.of("type", "integer", "minimum", 18)),
                    new BodySchema.Field(
                            "tags",
                            false,
                            Map.of("type", "array", "maxItems", 2, "items", Map.of("enum", List.of("a", "b")))),
                    new BodySchema.Field(
                            "address",
                            false,
                            BodySchema.of(BodySchema.text("city", 1, 20)).schema())),
            JSON);

    @Test
    void findsNothingWrongWithWhatIsRight() {
        // When
        var faults =
                faults("{\"email\":\"ada@example.org\",\"age\":18.0,\"tags\":[\"a\"],\"address\":{\"city\":\"Köln\"}}");

        // Then
        assertThat(faults).isEmpty();
    }

    @Test
    void pointsIntoObjectsAndLists() {
        // When
        var faults = faults("{\"email\":\"ada@example.org\",\"tags\":[\"a\",\"x\",3],\"address\":{\"zip~/code\":1}}");

        // Then
        assertThat(faults)
                .containsExactlyInAnyOrder(
                        new FieldError("#/tags", "max-items", "must have at most 2 items"),
                        new FieldError("#/tags/1", "enum", "must be one of a, b"),
                        new FieldError("#/tags/2", "enum", "must be one of a, b"),
                        new FieldError("#/address/city", "required", "must be given"),
                        new FieldError("#/address/zip~0~1code", "unknown", "is not a field here"));
    }

    @Test
    void saysOfAWrongTypeNothingElse() {
        // When
        var faults = faults("{\"email\":[],\"agreed\":\"yes\",\"age\":17.5}");

        // Then
        assertThat(faults)
                .containsExactlyInAnyOrder(
                        new FieldError("#/email", "type", "must be of type string"),
                        new FieldError("#/agreed", "type", "must be of type boolean"),
                        new FieldError("#/age", "type", "must be of type integer"));
    }

    @Test
    void namesFieldsWithControlCharacters() {
        // When
        var faults = faults(
                "{\"email\":\"ada@example.org\",\"a\\r\\nDA\":1,\"\\u0001\":1,\"address\":{\"city\":\"x\",\"\\t\":2}}");

        // Then
        assertThat(faults)
                .containsExactlyInAnyOrder(
                        new FieldError("#/a%0D%0ADA", "unknown", "is not a field here"),
                        new FieldError("#/%01", "unknown", "is not a field here"),
                        new FieldError("#/address/%09", "unknown", "is not a field here"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email",
                "hostname",
                "ipv4",
                "ipv6",
                "uri",
                "uri-reference",
                "uuid",
                "date",
                "time",
                "date-time",
                "duration",
                "json-pointer",
                "relative-json-pointer",
                "regex",
                "idn-email",
                "uri-template"
            })
    void refusesEveryTextOfAnotherFormatWithoutFailing(String format) {
        // Given
        var schema = Map.<String, Object>of("type", "string", "format", format, "maxLength", 100);
        var check = new SchemaValidator(BodySchema.of(new BodySchema.Field("x", true, schema)), JSON);

        // When / Then
        for (var text : STRANGE) {
            var faults = check.faults(JSON.createObjectNode().put("x", text));
            assertThat(faults)
                    .as("%s of %s", format, text)
                    .allMatch(fault -> fault.pointer().equals("#/x"));
            assertThat(text.isEmpty() && format.endsWith("email") && faults.isEmpty())
                    .isFalse();
        }
    }

    @Test
    void stopsAtAHundredFaults() {
        // Given
        var body = new StringBuilder("{\"email\":\"ada@example.org\"");
        for (var count = 0; count < 1_000; count++) {
            body.append(",\"x").append(count).append("\":1");
        }

        // When
        var faults = faults(body.append('}').toString());

        // Then
        assertThat(faults).hasSize(100);
    }

    @Test
    void letsNoRegularExpressionLooseOnALongText() {
        // Given
        var body = "{\"email\":\"a@" + "a-".repeat(120_000) + "\"}";

        // When
        var faults = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () -> faults(body));

        // Then
        assertThat(faults).extracting(FieldError::code).contains("max-length");
    }

    @Test
    void refusesAShapeWhosePatternHasNoBound() {
        // Given
        var shape = BodySchema.of(new BodySchema.Field("x", true, Map.of("type", "string", "pattern", "^(a+)+$")));

        // When / Then
        assertThatThrownBy(() -> new SchemaValidator(shape, JSON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxLength");
    }

    private static List<FieldError> faults(String body) {
        try {
            return CHECK.faults(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
