package dev.skelly.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A document as the schema library takes it. A text that is longer than its schema allows is cut: the fault stays, and no regular
 * expression runs over a long text of an attacker.
 */
final class PlainJson {

    private static final int ONE_DIGIT_MAX = 0x10;
    private static final int PRIVATE = 0xF7E0; // Characters that nobody has given a meaning.

    private PlainJson() {}

    static @Nullable Object of(JsonNode node, JsonNode schema) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node, schema.path("properties"));
            case ARRAY -> array(node, schema.path("items"));
            case STRING -> text(node.textValue(), schema);
            case NUMBER -> number(node);
            case BOOLEAN -> node.booleanValue();
            default -> null;
        };
    }

    private static JsonObject object(JsonNode node, JsonNode properties) {
        var object = new JsonObject();
        node.properties()
                .forEach(field ->
                        object.put(legible(field.getKey()), of(field.getValue(), properties.path(field.getKey()))));
        return object;
    }

    /* The library writes these characters of a name into a pointer in a way that cannot be read again. */
    private static String legible(String name) {
        return name.chars().anyMatch(sign -> sign < ONE_DIGIT_MAX) ? moved(name, 0, PRIVATE) : name;
    }

    /** A pointer into {@link #of}'s document as one into the document it was made of. */
    static JsonPointer original(JsonPointer place) {
        var text = place.toString();
        return text.chars().anyMatch(sign -> sign >= PRIVATE && sign < PRIVATE + ONE_DIGIT_MAX)
                ? JsonPointer.compile(moved(text, PRIVATE, -PRIVATE))
                : place;
    }

    private static String moved(String text, int from, int by) {
        var moved = new StringBuilder();
        text.chars()
                .forEach(sign -> moved.append((char) (sign >= from && sign < from + ONE_DIGIT_MAX ? sign + by : sign)));
        return moved.toString();
    }

    private static JsonArray array(JsonNode node, JsonNode items) {
        var array = new JsonArray();
        node.forEach(item -> array.add(of(item, items)));
        return array;
    }

    private static String text(String text, JsonNode schema) {
        if (text.isEmpty() && schema.path("format").asText().endsWith("email")) {
            return " "; // No address either, and the library asks the empty text for its first character.
        }
        var units = 2L * schema.path("maxLength").asInt(Integer.MAX_VALUE)
                + 2; // A character may take two; one more keeps the fault.
        return text.length() > units ? text.substring(0, (int) units) : text;
    }

    private static Object number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : node.doubleValue();
    }
}
