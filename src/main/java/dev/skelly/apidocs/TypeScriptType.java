package dev.skelly.apidocs;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts a JSON Schema into a TypeScript type. What TypeScript cannot express is left open, never wrong. */
final class TypeScriptType {

    private static final String OPEN = "unknown";

    private TypeScriptType() {}

    static String of(Map<?, ?> schema) {
        if (schema.containsKey("const")) {
            return literal(schema.get("const"));
        }
        if (schema.get("enum") instanceof List<?> values && !values.isEmpty()) {
            return values.stream().map(TypeScriptType::literal).collect(Collectors.joining(" | "));
        }
        for (var keyword : List.of("oneOf", "anyOf")) {
            if (schema.get(keyword) instanceof List<?> choices) {
                return choices.stream().map(TypeScriptType::any).distinct().collect(Collectors.joining(" | "));
            }
        }
        if (schema.get("type") instanceof List<?> types) {
            return types.stream()
                    .map(type -> byType(String.valueOf(type), schema))
                    .distinct()
                    .collect(Collectors.joining(" | "));
        }
        var implied = schema.containsKey("properties") ? "object" : "";
        return byType(schema.get("type") instanceof String type ? type : implied, schema);
    }

    private static String any(@Nullable Object schema) {
        return schema instanceof Map<?, ?> map ? of(map) : OPEN;
    }

    private static String byType(String type, Map<?, ?> schema) {
        return switch (type) {
            case "string" -> "string";
            case "integer", "number" -> "number";
            case "boolean" -> "boolean";
            case "null" -> "null";
            case "array" -> "ReadonlyArray<" + any(schema.get("items")) + ">";
            case "object" -> object(schema);
            default -> OPEN;
        };
    }

    private static String object(Map<?, ?> schema) {
        var required = schema.get("required") instanceof List<?> names ? names : List.of();
        var fields = new ArrayList<String>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, field) ->
                    fields.add("readonly " + literal(name) + (required.contains(name) ? ": " : "?: ") + any(field)));
        }
        if (!fields.isEmpty()) {
            return "{ " + String.join("; ", fields) + " }";
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> others) {
            return "Readonly<Record<string, " + of(others) + ">>";
        }
        return Boolean.FALSE.equals(schema.get("additionalProperties"))
                ? "Readonly<Record<string, never>>"
                : "Readonly<Record<string, " + OPEN + ">>";
    }

    /** Returns a literal: a quoted text, a number or a keyword. Values without a literal are left open. */
    static String literal(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        return value instanceof String text
                ? '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"'
                : OPEN;
    }
}
