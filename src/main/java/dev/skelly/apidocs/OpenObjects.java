package dev.skelly.apidocs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds {@code additionalProperties: true} to every object without named fields. JSON Schema means the same without it, but client generators
 * create a type without any fields.
 */
final class OpenObjects {

    private static final String OTHERS = "additionalProperties";
    private static final Set<String> VALUES = Set.of("const", "enum", "default", "examples");

    private OpenObjects() {}

    /** Returns the schema with this addition, also in nested schemas. */
    static Map<String, Object> in(Map<?, ?> schema) {
        var explicit = new LinkedHashMap<String, Object>();
        schema.forEach((key, value) ->
                explicit.put(String.valueOf(key), VALUES.contains(String.valueOf(key)) ? value : any(value)));
        if ("object".equals(schema.get("type")) && !schema.containsKey("properties")) {
            explicit.putIfAbsent(OTHERS, true);
        }
        return explicit;
    }

    private static @Nullable Object any(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return in(map);
        }
        return value instanceof List<?> list
                ? list.stream().map(OpenObjects::any).toList()
                : value;
    }
}
