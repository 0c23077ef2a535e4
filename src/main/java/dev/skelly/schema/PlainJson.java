package dev.skelly.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A document as the schema library takes it. A text that is longer than its schema allows is cut: the fault stays, and no regular
 * expression runs over a long text of an attacker.
 */
final class PlainJson {

    private PlainJson() {}

    static @Nullable Object of(JsonNode node, JsonNode schema) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node, schema.path("properties"));
            case ARRAY -> array(node, schema.path("items"));
            case STRING -> text(node.textValue(), schema.path("maxLength").asInt(Integer.MAX_VALUE));
            case NUMBER -> number(node);
            case BOOLEAN -> node.booleanValue();
            default -> null;
        };
    }

    private static JsonObject object(JsonNode node, JsonNode properties) {
        var object = new JsonObject();
        node.properties()
                .forEach(field -> object.put(field.getKey(), of(field.getValue(), properties.path(field.getKey()))));
        return object;
    }

    private static JsonArray array(JsonNode node, JsonNode items) {
        var array = new JsonArray();
        node.forEach(item -> array.add(of(item, items)));
        return array;
    }

    private static String text(String text, int charactersMax) {
        var units = 2L * charactersMax + 2; // A character may take two; one more keeps the fault.
        return text.length() > units ? text.substring(0, (int) units) : text;
    }

    private static Object number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : node.doubleValue();
    }
}
