package dev.skelly.apidocs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says {@code additionalProperties: true} of every object that names no field. JSON Schema means the same without it; generators of
 * clients make a type of it that has no field at all.
 */
final class OpenObjects {

    private static final String OTHERS = "additionalProperties";
    private static final Set<String> VALUES = Set.of("const", "enum", "default", "examples");

    private OpenObjects() {}

    /** The same schema, and the schemas in it. */
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
