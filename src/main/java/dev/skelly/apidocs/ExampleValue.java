package dev.skelly.apidocs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Generates an example value that a JSON Schema allows, always the same one. */
final class ExampleValue {

    private static final String UUID = "0192c0de-7a5e-7000-8000-000000000001";
    private static final Map<String, String> BY_FORMAT = Map.of(
            "uuid", UUID,
            "date-time", "2026-11-23T09:20:00Z",
            "date", "2026-11-23",
            "duration", "PT10M",
            "email", "ada@example.org",
            "uri", "https://example.org/",
            "uri-reference", "/example");
    private static final Map<String, String> BY_NAME = Map.of(
            "name", "Ada Lovelace",
            "password", "correct horse battery staple",
            "reason", "sent by mistake",
            "type", "user.registered",
            "subject", "user:" + UUID,
            "tokenType", "Bearer");

    private ExampleValue() {}

    static Object of(Map<?, ?> schema) {
        return of("", schema);
    }

    /**
     * Returns the value of a field.
     *
     * @param name of the field; empty for a whole document
     */
    static Object of(String name, Map<?, ?> schema) {
        if (schema.get("examples") instanceof List<?> examples && !examples.isEmpty()) {
            return examples.get(0);
        }
        if (schema.get("const") != null) {
            return schema.get("const");
        }
        if (schema.get("enum") instanceof List<?> values && !values.isEmpty()) {
            return values.get(0);
        }
        if (schema.get("default") != null) {
            return schema.get("default");
        }
        for (var choice : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.get(choice) instanceof List<?> choices && choices.get(0) instanceof Map<?, ?> first) {
                return of(name, first);
            }
        }
        return byType(name, schema);
    }

    private static Object byType(String name, Map<?, ?> schema) {
        var type = schema.get("type") instanceof List<?> types ? types.get(0) : schema.get("type");
        return switch (String.valueOf(type)) {
            case "object" -> object(schema);
            case "array" ->
                schema.get("items") instanceof Map<?, ?> items ? List.of(of(singular(name), items)) : List.of();
            case "integer", "number" -> schema.get("minimum") instanceof Number least ? least : 1;
            case "boolean" -> true;
            case "string" -> text(name, schema);
            default -> Map.of();
        };
    }

    private static String singular(String name) {
        return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }

    private static Map<String, Object> object(Map<?, ?> schema) {
        var object = new LinkedHashMap<String, Object>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, field) -> {
                if (field instanceof Map<?, ?> fieldSchema) {
                    object.put(String.valueOf(name), of(String.valueOf(name), fieldSchema));
                }
            });
        }
        if (schema.get("additionalProperties") instanceof Map<?, ?> others) {
            object.put("example", of("example", others));
        }
        return object;
    }

    private static String text(String name, Map<?, ?> schema) {
        var byFormat = BY_FORMAT.get(String.valueOf(schema.get("format")));
        if (byFormat != null) {
            return byFormat;
        }
        var least = schema.get("minLength") instanceof Number length ? length.intValue() : 0;
        var most = schema.get("maxLength") instanceof Number length ? length.intValue() : Integer.MAX_VALUE;
        var words = BY_NAME.getOrDefault(name, name.isEmpty() ? "text" : name);
        while (words.length() < least) {
            words += " " + words;
        }
        return words.length() > most ? words.substring(0, most) : words;
    }
}
