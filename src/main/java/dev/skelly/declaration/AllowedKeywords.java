package dev.skelly.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.feature.FieldError;
import dev.skelly.schema.JsonPointers;
import dev.skelly.schema.LinearPattern;
import dev.skelly.schema.StorableJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Validates a data schema: allows only the keywords of JSON Schema 2020-12 that an event's data needs, each with a suitable value.
 *
 * <p>JSON Schema itself ignores unknown keywords. Here {@code requried} is an error, because it is a typing error.
 */
final class AllowedKeywords {

    private static final int PATTERN_CHARS_MAX =
            1_000; // The maximum length of a text that a regular expression is matched with.
    private static final int UNIQUE_ITEMS_MAX = 256; // Each item is compared with each other.
    private static final int DEPTH_MAX = 16;
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "number", "integer", "boolean", "null");
    private static final Set<String> FORMATS = Set.of("email", "uuid", "date-time", "date", "uri");
    private static final Set<String> COUNTS =
            Set.of("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties");
    private static final Set<String> NUMBERS =
            Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");
    private static final Set<String> ONE_SCHEMA = Set.of("items", "not");
    private static final Set<String> SCHEMAS = Set.of("oneOf", "anyOf", "allOf");
    private static final Set<String> WORDS = Set.of("title", "description", "$comment");
    private static final Set<String> ANYTHING = Set.of("const", "default", "examples");
    private static final Map<String, Set<String>> ALL = Map.of(
            "count", COUNTS, "number", NUMBERS, "one", ONE_SCHEMA, "many", SCHEMAS, "words", WORDS, "any", ANYTHING);
    private static final Set<String> OTHERS = Set.of(
            "type",
            "properties",
            "required",
            "additionalProperties",
            "enum",
            "format",
            "pattern",
            "uniqueItems",
            "$schema",
            "$defs",
            "$ref");

    private final List<FieldError> faults;

    /** Creates a check that adds errors to {@code faults}. */
    AllowedKeywords(List<FieldError> faults) {
        this.faults = faults;
    }

    /** Checks the schema of an event's data, which must be an object. */
    void checkData(JsonNode schema, String pointer) {
        if (!schema.path("type").asText().equals("object")) {
            fault(pointer + "/type", "data-type", "must be object: an event's data has fields");
        }
        check(schema, pointer, 0);
        StorableJson.faults(schema).forEach(fault -> faults.add(fault.below(pointer)));
    }

    private void check(JsonNode schema, String pointer, int depth) {
        if (schema.isBoolean()) {
            return;
        }
        if (!schema.isObject() || depth > DEPTH_MAX) {
            fault(pointer, "schema", "must be a JSON Schema, at most " + DEPTH_MAX + " deep");
            return;
        }
        schema.properties()
                .forEach(keyword -> keyword(
                        keyword.getKey(),
                        keyword.getValue(),
                        pointer + "/" + JsonPointers.token(keyword.getKey()),
                        depth));
        requireBound(schema, pointer);
    }

    private void keyword(String name, JsonNode value, String at, int depth) {
        if (COUNTS.contains(name)) {
            require(
                    value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0,
                    at,
                    "must be a whole number from 0 to " + Integer.MAX_VALUE);
        } else if (NUMBERS.contains(name)) {
            require(value.isNumber(), at, "must be a number");
            require(
                    !name.equals("multipleOf")
                            || !value.isNumber()
                            || value.decimalValue().signum() > 0,
                    at,
                    "must be greater than 0");
        } else if (ONE_SCHEMA.contains(name)) {
            check(value, at, depth + 1);
        } else if (SCHEMAS.contains(name)) {
            require(value.isArray() && !value.isEmpty(), at, "must be a list of schemas");
            for (var index = 0; index < value.size(); index++) {
                check(value.get(index), at + "/" + index, depth + 1);
            }
        } else if (WORDS.contains(name)) {
            require(value.isTextual(), at, "must be text");
        } else if (!ANYTHING.contains(name)) {
            other(name, value, at, depth);
        }
    }

    private void other(String name, JsonNode value, String at, int depth) {
        switch (name) {
            case "type" -> require(isType(value), at, "must be of " + new TreeSet<>(TYPES));
            case "properties" -> checkEach(value, at, depth);
            case "$defs" -> {
                require(depth == 0, at, "must stand at the top of the data");
                checkEach(value, at, depth);
            }
            case "$schema" ->
                require(depth == 0 && value.asText().equals(DIALECT), at, "must be " + DIALECT + " at the top");
            case "$ref" -> require(SchemaReferences.isOne(value), at, "must be #/$defs/ and a name");
            case "required" -> require(isTexts(value), at, "must be a list of names");
            case "additionalProperties" -> check(value, at, depth + 1);
            case "enum" -> require(value.isArray() && !value.isEmpty(), at, "must be a list of values");
            case "format" -> require(FORMATS.contains(value.asText()), at, "must be one of " + new TreeSet<>(FORMATS));
            case "pattern" -> requirePattern(value, at);
            case "uniqueItems" -> require(value.isBoolean(), at, "must be true or false");
            default -> fault(at, "unknown-keyword", "is not a keyword here; there are " + known());
        }
    }

    private void checkEach(JsonNode schemas, String at, int depth) {
        require(schemas.isObject(), at, "must be an object of schemas");
        schemas.properties()
                .forEach(field -> check(field.getValue(), at + "/" + JsonPointers.token(field.getKey()), depth + 1));
    }

    /** Returns the names of all keywords. */
    static Set<String> known() {
        var known = new TreeSet<>(OTHERS);
        ALL.values().forEach(known::addAll);
        return known;
    }

    private static boolean isType(JsonNode value) {
        return value.isArray()
                ? isTexts(value) && value.valueStream().allMatch(AllowedKeywords::isType)
                : TYPES.contains(value.asText());
    }

    private static boolean isTexts(JsonNode value) {
        return value.isArray() && value.valueStream().allMatch(JsonNode::isTextual);
    }

    private void requirePattern(JsonNode value, String at) {
        if (!value.isTextual()) {
            fault(at, "schema", "must be a regular expression");
            return;
        }
        try {
            var unused = LinearPattern.of(value.textValue());
        } catch (IllegalArgumentException fault) {
            fault(at, "schema", "must be a regular expression that linear time suffices for; it " + fault.getMessage());
        }
    }

    private void requireBound(JsonNode schema, String pointer) {
        if ((schema.has("format") || schema.has("pattern")) && exceeds(schema.path("maxLength"), PATTERN_CHARS_MAX)) {
            fault(pointer, "unbounded", "must have maxLength up to " + PATTERN_CHARS_MAX + " beside format or pattern");
        }
        if (schema.path("uniqueItems").asBoolean() && exceeds(schema.path("maxItems"), UNIQUE_ITEMS_MAX)) {
            fault(pointer, "unbounded", "must have maxItems up to " + UNIQUE_ITEMS_MAX + " beside uniqueItems");
        }
    }

    /* A number beyond those of Java would wrap around. */
    private static boolean exceeds(JsonNode count, int most) {
        return !count.isNumber() || !count.canConvertToInt() || count.intValue() > most;
    }

    private void require(boolean kept, String pointer, String expected) {
        if (!kept) {
            fault(pointer, "schema", expected);
        }
    }

    private void fault(String pointer, String code, String detail) {
        faults.add(new FieldError(pointer, code, detail));
    }
}
