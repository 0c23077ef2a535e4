package dev.skelly.apidocs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.Json;
import dev.skelly.feature.BodySchema;
import dev.skelly.schema.SchemaValidator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Combines and validates the schemas inside one JSON Schema, for its example. */
final class ExampleSchemas {

    private static final JsonMapper JSON = Json.mapper();
    private static final int CHARS_MAX = 1_000; // As in SchemaValidator.
    private static final int ITEMS_MAX = 256;
    private static final int REFERENCES_MAX = 8;

    private final JsonNode root;

    ExampleSchemas(JsonNode root) {
        this.root = root;
    }

    /** Returns the schema that a reference leads to, with the keywords beside the reference; empty for one that leads nowhere. */
    Optional<JsonNode> resolved(JsonNode declared) {
        var schema = declared;
        for (var followed = 0; followed < REFERENCES_MAX; followed++) {
            if (!schema.has("$ref")) {
                return Optional.of(schema);
            }
            var reference = schema.path("$ref").asText();
            var target = reference.startsWith("#/") ? root.at(reference.substring(1)) : root.path(reference);
            if (!target.isObject()) {
                return Optional.empty();
            }
            schema = merged(without(schema, "$ref"), target);
        }
        return Optional.empty();
    }

    static JsonNode without(JsonNode schema, String keyword) {
        ObjectNode copy = schema.deepCopy();
        return copy.without(keyword);
    }

    /** Returns one schema for all alternatives of {@code allOf} and the keywords beside it. */
    static JsonNode withAll(JsonNode schema) {
        var all = without(schema, "allOf");
        for (var part : schema.path("allOf")) {
            all = merged(all, part);
        }
        return all;
    }

    /** Returns both schemas as one. A keyword in both has the second one's value, except that fields and their names are united. */
    static JsonNode merged(JsonNode one, JsonNode other) {
        if (!one.isObject() || !other.isObject()) {
            return one.isObject() ? one : other;
        }
        ObjectNode both = one.deepCopy();
        other.properties().forEach(keyword -> {
            var known = both.get(keyword.getKey());
            if (keyword.getKey().equals("properties") && known instanceof ObjectNode fields) {
                fields.setAll((ObjectNode) keyword.getValue().deepCopy());
            } else if (keyword.getKey().equals("required") && known instanceof ArrayNode names) {
                keyword.getValue().forEach(names::add);
            } else {
                both.set(keyword.getKey(), keyword.getValue());
            }
        });
        return both;
    }

    /** Returns whether a schema of this document allows a value; false for a schema that the validator does not take. */
    boolean allow(JsonNode schema, JsonNode value) {
        if (schema.isBoolean()) {
            return schema.booleanValue();
        }
        ObjectNode whole = bounded(schema).deepCopy();
        if (root.has("$defs")) {
            whole.set("$defs", bounded(root.path("$defs")));
        }
        Map<String, Object> plain = JSON.convertValue(
                whole, JSON.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class));
        try {
            return new SchemaValidator(new BodySchema(plain, false), JSON)
                    .faults(value)
                    .isEmpty();
        } catch (RuntimeException unusable) { // The library has no common type for what it cannot read.
            return false;
        }
    }

    /* The validator asks for limits of what is costly to check; examples are short. */
    private static JsonNode bounded(JsonNode schema) {
        if (schema.isArray()) {
            var array = JSON.createArrayNode();
            schema.forEach(item -> array.add(bounded(item)));
            return array;
        }
        if (!schema.isObject()) {
            return schema;
        }
        var object = JSON.createObjectNode();
        schema.properties().forEach(field -> object.set(field.getKey(), bounded(field.getValue())));
        if (object.path("format").isTextual() || object.path("pattern").isTextual()) {
            object.put("maxLength", Math.min(object.path("maxLength").asInt(CHARS_MAX), CHARS_MAX));
        }
        if (object.path("uniqueItems").asBoolean()) {
            object.put("maxItems", Math.min(object.path("maxItems").asInt(ITEMS_MAX), ITEMS_MAX));
        }
        return object;
    }
}
