package dev.skelly.apidocs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.skelly.event.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Generates an example value that a JSON Schema allows, always the same one. Each example is validated before it is used; a schema without a
 * valid one gets none.
 */
final class ExampleValue {

    private static final JsonMapper JSON = Json.mapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEPTH_MAX = 16;
    private static final int ITEMS_MAX = 256;
    private static final int NAMES_MAX = 100;

    private final ExampleSchemas schemas;

    private ExampleValue(JsonNode root) {
        this.schemas = new ExampleSchemas(root);
    }

    /** Returns the example of a whole document; empty when none is found that the schema allows. */
    static Optional<JsonNode> of(Map<?, ?> schema) {
        JsonNode root = JSON.valueToTree(CanonicalOrder.of(schema));
        var examples = new ExampleValue(root);
        return examples.value("", root, 0).filter(example -> examples.schemas.allow(root, example));
    }

    /* The name is that of the field; empty for a whole document. */
    private Optional<JsonNode> value(String name, JsonNode declared, int depth) {
        if (depth > DEPTH_MAX || (declared.isBoolean() && !declared.booleanValue())) {
            return Optional.empty();
        }
        return schemas.resolved(declared).flatMap(schema -> {
            var given = given(schema);
            var fixed = schema.has("const") || schema.has("enum");
            return given.isPresent() || fixed ? given : made(name, schema, depth);
        });
    }

    private Optional<JsonNode> given(JsonNode schema) {
        return Stream.of(
                        schema.path("examples").valueStream(),
                        Stream.of(schema.path("const")),
                        schema.path("enum").valueStream(),
                        Stream.of(schema.path("default")))
                .flatMap(values -> values)
                .filter(value -> !value.isMissingNode() && schemas.allow(schema, value))
                .findFirst();
    }

    private Optional<JsonNode> made(String name, JsonNode schema, int depth) {
        if (schema.has("allOf")) {
            return value(name, ExampleSchemas.withAll(schema), depth + 1);
        }
        for (var keyword : List.of("oneOf", "anyOf")) {
            if (schema.has(keyword)) {
                return schema.path(keyword)
                        .valueStream()
                        .map(choice -> ExampleSchemas.merged(ExampleSchemas.without(schema, keyword), choice))
                        .flatMap(merged -> value(name, merged, depth + 1).stream())
                        .filter(value -> schemas.allow(schema, value))
                        .findFirst();
            }
        }
        return types(schema)
                .flatMap(type -> byType(type, name, schema, depth).stream())
                .findFirst();
    }

    private static Stream<String> types(JsonNode schema) {
        var type = schema.path("type");
        if (type.isArray()) {
            return type.valueStream().map(JsonNode::asText);
        }
        return Stream.of(type.isMissingNode() && schema.has("items") ? "array" : type.asText("object"));
    }

    private Optional<JsonNode> byType(String type, String name, JsonNode schema, int depth) {
        return switch (type) {
            case "array" -> array(name, schema, depth);
            case "integer", "number" -> ExampleNumber.of(type, schema);
            case "boolean" -> Optional.of(BooleanNode.TRUE);
            case "null" -> Optional.of(NullNode.getInstance());
            case "string" ->
                ExampleText.of(name, schema, text -> schemas.allow(schema, TextNode.valueOf(text)))
                        .map(TextNode::valueOf);
            default -> object(schema, depth);
        };
    }

    private Optional<JsonNode> array(String name, JsonNode schema, int depth) {
        var count = Math.min(
                Math.max(schema.path("minItems").asInt(0), 1),
                schema.path("maxItems").asInt(ITEMS_MAX));
        var array = NODES.arrayNode();
        var item = schema.has("items") ? value(singular(name), schema.path("items"), depth + 1) : empty();
        if (count > ITEMS_MAX || (item.isEmpty() && schema.path("minItems").asInt(0) > 0)) {
            return Optional.empty();
        }
        item.ifPresent(first -> add(array, first, schema, count));
        return Optional.of(array);
    }

    /* A list without items of a known schema stays empty, unless it must not. */
    private static Optional<JsonNode> empty() {
        return Optional.empty();
    }

    private static void add(ArrayNode array, JsonNode first, JsonNode schema, int count) {
        var choices = schema.path("items").path("enum");
        for (var index = 0; index < count; index++) {
            var another = schema.path("uniqueItems").asBoolean() && index > 0;
            array.add(another ? another(first, choices, index) : first);
        }
    }

    private static JsonNode another(JsonNode first, JsonNode choices, int index) {
        if (choices.has(index)) {
            return choices.get(index);
        }
        return first.isIntegralNumber()
                ? NODES.numberNode(first.longValue() + index)
                : first.isTextual() ? NODES.textNode(first.textValue() + index) : first;
    }

    private static String singular(String name) {
        return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }

    private Optional<JsonNode> object(JsonNode schema, int depth) {
        var object = NODES.objectNode();
        var required =
                schema.path("required").valueStream().map(JsonNode::asText).toList();
        for (var field : schema.path("properties").properties()) {
            value(field.getKey(), field.getValue(), depth + 1).ifPresent(value -> object.set(field.getKey(), value));
        }
        var others = schema.path("additionalProperties");
        for (var name : required) {
            if (!object.has(name) && !schema.path("properties").has(name)) {
                value(name, others, depth + 1).ifPresent(value -> object.set(name, value));
            }
        }
        if (others.isObject()) {
            value("example", others, depth + 1).ifPresent(value -> object.set("example", value));
        }
        for (var number = 1;
                number <= NAMES_MAX
                        && object.size() < schema.path("minProperties").asInt(0);
                number++) {
            var name = "example" + number;
            value(name, others, depth + 1).ifPresent(value -> object.set(name, value));
        }
        shorten(object, required, schema.path("maxProperties").asInt(Integer.MAX_VALUE));
        return required.stream().allMatch(object::has) ? Optional.of(object) : Optional.empty();
    }

    private static void shorten(ObjectNode object, List<String> required, int max) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        names.removeAll(required);
        for (var last = names.size() - 1; last >= 0 && object.size() > max; last--) {
            object.remove(names.get(last));
        }
    }
}
