package dev.skelly.schema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Wraps a document for the schema library, reduced to what the schema has to examine. */
final class ValidatedDocument {

    private static final int ONE_DIGIT_MAX = 0x10;
    private static final int PRIVATE = 0xF7E0; // Unassigned characters for private use.

    private ValidatedDocument() {}

    static @Nullable Object of(JsonNode node, ValidationBounds bounds) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node, bounds);
            case ARRAY -> array(node, bounds);
            case STRING -> text(node.textValue(), bounds);
            case NUMBER -> number(node);
            case BOOLEAN -> node.booleanValue();
            default -> null;
        };
    }

    private static JsonObject object(JsonNode node, ValidationBounds bounds) {
        var object = new JsonObject();
        node.properties()
                .forEach(field ->
                        object.put(legible(field.getKey()), of(field.getValue(), bounds.field(field.getKey()))));
        return object;
    }

    /* The library writes these characters of a name into pointers in a form that cannot be parsed. */
    private static String legible(String name) {
        return name.chars().anyMatch(sign -> sign < ONE_DIGIT_MAX) ? moved(name, 0, PRIVATE) : name;
    }

    /** Converts a pointer into {@link #of}'s document to one into the original document. */
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

    private static JsonArray array(JsonNode node, ValidationBounds bounds) {
        var array = new JsonArray();
        for (var index = 0; index < node.size() && index <= bounds.items(); index++) {
            array.add(of(node.get(index), bounds.item()));
        }
        return array;
    }

    private static String text(String text, ValidationBounds bounds) {
        if (text.isEmpty() && bounds.email()) {
            return " "; // Not an address either, and the library reads the first character of the text.
        }
        // A character may take two; one more keeps the error, and the part that distinguishes it from another text
        // keeps two of
        // them apart.
        var units = 2L * bounds.chars() + 2;
        return text.length() > units ? text.substring(0, (int) units) + Integer.toHexString(text.hashCode()) : text;
    }

    private static Object number(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : node.doubleValue();
    }
}
