package dev.skelly.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the part of a document that a schema examines, so that no regular expression and no search for duplicates runs over all that an
 * attacker sent. Immutable.
 *
 * @param chars characters of a text. A longer text exceeds every length and every value in the schema's alternatives, so one more
 *     character suffices for the same result
 * @param items maximum number in a list, because each is compared with each other
 * @param email whether the text is checked as an address
 * @param fields bounds of named properties
 * @param others bounds of other properties; null when the schema does not mention them
 * @param each bounds of items; null when the schema does not mention them
 */
record ValidationBounds(
        int chars,
        int items,
        boolean email,
        Map<String, ValidationBounds> fields,
        @Nullable ValidationBounds others,
        @Nullable ValidationBounds each) {

    /** The maximum number of unique items in a list. */
    static final int UNIQUE_ITEMS_MAX = 256;

    private static final int NONE = Integer.MAX_VALUE;
    /** No bounds. */
    static final ValidationBounds OPEN = new ValidationBounds(NONE, NONE, false, Map.of(), null, null);

    private static final List<String> ALTERNATIVES = List.of("allOf", "anyOf", "oneOf");

    /** Computes the bounds of one schema without references. */
    static ValidationBounds of(JsonNode schema) {
        return of(List.of(schema));
    }

    private static ValidationBounds of(List<JsonNode> schemas) {
        var all = new ArrayList<JsonNode>();
        schemas.forEach(schema -> gather(schema, all));
        var compared = all.stream()
                .anyMatch(ValidationBounds::namesContainer); // Then the content must be examined completely, too.
        var inner = compared ? List.<JsonNode>of() : all;
        var fields = new HashMap<String, ValidationBounds>();
        names(inner).forEach(name -> fields.put(name, of(each(inner, schema -> field(schema, name)))));
        return new ValidationBounds(
                longestText(all),
                all.stream().anyMatch(schema -> schema.path("uniqueItems").asBoolean()) ? UNIQUE_ITEMS_MAX : NONE,
                all.stream().anyMatch(schema -> schema.path("format").asText().endsWith("email")),
                Map.copyOf(fields),
                inside(inner, "additionalProperties"),
                inside(inner, "items"));
    }

    private static void gather(JsonNode schema, List<JsonNode> all) {
        all.add(schema);
        ALTERNATIVES.forEach(keyword -> schema.path(keyword).forEach(other -> gather(other, all)));
        if (schema.has("not")) {
            gather(schema.path("not"), all);
        }
    }

    private static Set<String> names(List<JsonNode> all) {
        var names = new LinkedHashSet<String>();
        all.forEach(schema -> schema.path("properties").fieldNames().forEachRemaining(names::add));
        return names;
    }

    private static JsonNode field(JsonNode schema, String name) {
        var named = schema.path("properties").path(name);
        return named.isMissingNode() ? schema.path("additionalProperties") : named;
    }

    private static @Nullable ValidationBounds inside(List<JsonNode> all, String keyword) {
        var schemas = each(all, schema -> schema.path(keyword));
        return schemas.isEmpty() ? null : of(schemas);
    }

    private static List<JsonNode> each(List<JsonNode> all, UnaryOperator<JsonNode> part) {
        return all.stream().map(part).filter(JsonNode::isObject).toList();
    }

    /* When no alternative limits the length, none has a pattern either, and nothing is cut. */
    private static int longestText(List<JsonNode> all) {
        return all.stream().anyMatch(schema -> schema.has("maxLength"))
                ? all.stream().mapToInt(ValidationBounds::longestText).max().orElse(NONE)
                : NONE;
    }

    private static int longestText(JsonNode schema) {
        var lengths = IntStream.of(
                schema.path("maxLength").asInt(0), schema.path("minLength").asInt(0), named(schema));
        return lengths.max().orElse(0);
    }

    /* The values of const and enum must be examined completely. */
    private static int named(JsonNode schema) {
        return Stream.concat(
                        Stream.of(schema.path("const")), schema.path("enum").valueStream())
                .mapToInt(value -> value.asText().length())
                .max()
                .orElse(0);
    }

    private static boolean namesContainer(JsonNode schema) {
        return schema.path("const").isContainerNode()
                || schema.path("enum").valueStream().anyMatch(JsonNode::isContainerNode);
    }

    /** Returns the bounds of a property. */
    ValidationBounds field(String name) {
        var named = fields.get(name);
        return named != null ? named : others != null ? others : OPEN;
    }

    /** Returns the bounds of an item. */
    ValidationBounds item() {
        return each != null ? each : OPEN;
    }

    /** Adds the places of lists with too many items for a comparison of each with each other. */
    void tooLong(JsonNode node, String pointer, List<String> places) {
        if (node.isArray() && node.size() > items) {
            places.add(pointer);
            return;
        }
        if (!fields.isEmpty() || others != null) {
            node.properties()
                    .forEach(field -> field(field.getKey())
                            .tooLong(field.getValue(), pointer + "/" + JsonPointers.token(field.getKey()), places));
        }
        for (var index = 0; each != null && node.isArray() && index < node.size(); index++) {
            each.tooLong(node.get(index), pointer + "/" + index, places);
        }
    }
}
