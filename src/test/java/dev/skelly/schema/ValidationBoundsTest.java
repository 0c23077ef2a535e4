package dev.skelly.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.Json;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import dev.skelly.testing.Torture;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No more of a document is looked at than decides, and what is cut decides as the whole does. */
class ValidationBoundsTest {

    private static final JsonMapper JSON = Json.mapper();
    private static final int ROUNDS = 20_000;

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }

    @Test
    void textsAndListsAreCutWhereverTheSchemaSaysHowLongTheyMayBe() throws Exception {
        var bounds = ValidationBounds.of(
                json(
                        "{'properties':{'l':{'uniqueItems':true,'maxItems':3}},"
                                + "'additionalProperties':{'anyOf':[{'pattern':'^a+$','maxLength':5},{'format':'uuid','maxLength':36}]}}"));
        var long9 = "a".repeat(9_000);
        var document = JSON.createObjectNode().put("other", long9);
        var list = document.putArray("l");
        IntStream.range(0, 9_000).forEach(list::add);

        var plain = (JsonObject) Objects.requireNonNull(ValidatedDocument.of(document, bounds));

        assertThat(plain.getJsonArray("l")).hasSize(ValidationBounds.UNIQUE_ITEMS_MAX + 1);
        assertThat(plain.getString("other").length()).isLessThan(100);
    }

    @Test
    void aListThatIsTooLongToLookForDoublesIsAFaultWhateverElseTheSchemaAllows() throws Exception {
        var unique = Map.<String, Object>of("type", "array", "uniqueItems", true, "maxItems", 200);
        var document = JSON.createObjectNode();
        IntStream.range(0, 9_000).forEach(document.putArray("l")::add);

        assertThat(faults(unique, document))
                .containsExactly(new FieldError("#/l", "max-items", "must have at most 200 items"));
        assertThat(faults(Map.of("anyOf", List.of(unique, Map.of("type", "array"))), document))
                .containsExactly(new FieldError("#/l", "max-items", "must have at most 256 items"));
    }

    private static List<FieldError> faults(Map<String, Object> list, JsonNode document) {
        return new SchemaValidator(BodySchema.of(new BodySchema.Field("l", true, list)), JSON).faults(document);
    }

    @Test
    void aListWithoutDoublesHasToBeShort() {
        var list = BodySchema.of(new BodySchema.Field("l", false, Map.of("type", "array", "uniqueItems", true)));

        assertThatThrownBy(() -> new SchemaValidator(list, JSON)).hasMessageContaining("uniqueItems without maxItems");
    }

    /* Schemas in all their alternatives, documents around the lengths that they name. */
    @Test
    void whatIsCutDecidesAsTheWhole() {
        var seed = Torture.seed("bounds");
        var random = new Random(seed);
        var cut = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var schema = schema(random, 3);
            var document = value(random, 3);
            var whole = ValidatedDocument.of(document, ValidationBounds.OPEN);
            var part = ValidatedDocument.of(document, ValidationBounds.of(schema));
            cut += whole == null || whole.equals(part) ? 0 : 1;
            var validator = validator(schema);
            assertThat(validator.validate(part).getValid())
                    .as("%s against %s", document, schema)
                    .isEqualTo(validator.validate(whole).getValid());
        }
        assertThat(cut).isGreaterThan(ROUNDS / 100);
    }

    private static Validator validator(JsonNode schema) {
        return Validator.create(
                JsonSchema.of(new JsonObject(schema.toString())),
                new JsonSchemaOptions()
                        .setBaseUri("https://skelly.invalid/shape")
                        .setDraft(Draft.DRAFT202012)
                        .setOutputFormat(OutputFormat.Flag));
    }

    private static JsonNode schema(Random random, int depth) {
        var schema = JSON.createObjectNode();
        if (random.nextInt(3) == 0) {
            schema.put("maxLength", random.nextInt(6)).put("pattern", "^[ab]{0," + random.nextInt(9) + "}$");
        }
        if (random.nextInt(4) == 0) {
            schema.put("minLength", random.nextInt(9));
        }
        if (random.nextInt(3) == 0) {
            schema.put("maxItems", random.nextInt(5)).put("uniqueItems", random.nextBoolean());
        }
        if (random.nextInt(4) == 0) {
            schema.put("minItems", random.nextInt(6));
        }
        if (random.nextInt(6) == 0) {
            schema.set("const", value(random, 2));
        }
        if (depth > 0) {
            inner(random, depth, schema);
        }
        return schema;
    }

    private static void inner(Random random, int depth, ObjectNode schema) {
        for (var keyword : new String[] {"anyOf", "allOf", "oneOf"}) {
            if (random.nextInt(4) == 0) {
                schema.putArray(keyword).add(schema(random, depth - 1)).add(schema(random, depth - 1));
            }
        }
        for (var keyword : new String[] {"items", "additionalProperties", "not"}) {
            if (random.nextInt(4) == 0) {
                schema.set(keyword, schema(random, depth - 1));
            }
        }
        if (random.nextInt(3) == 0) {
            schema.putObject("properties").set("a", schema(random, depth - 1));
        }
    }

    private static JsonNode value(Random random, int depth) {
        var nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0 -> nodes.numberNode(random.nextInt(3));
            case 1, 2 -> nodes.textNode((random.nextBoolean() ? "a" : "b").repeat(random.nextInt(24)));
            case 3 -> {
                var list = nodes.arrayNode();
                IntStream.range(0, random.nextInt(8)).forEach(index -> list.add(value(random, depth - 1)));
                yield list;
            }
            default ->
                nodes.objectNode()
                        .<ObjectNode>set("a", value(random, depth - 1))
                        .set("b", value(random, depth - 1));
        };
    }
}
