package dev.skelly.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Generates the JSON Schema (2020-12) of a record's JSON form. */
public final class DataSchema {

    private static final JsonMapper JSON = Json.mapper();
    private static final Map<Class<?>, Map<String, Object>> PLAIN = Map.ofEntries(
            Map.entry(String.class, Map.of("type", "string")),
            Map.entry(UUID.class, Map.of("type", "string", "format", "uuid", "maxLength", 36)),
            Map.entry(URI.class, Map.of("type", "string", "format", "uri-reference", "maxLength", 1000)),
            Map.entry(Instant.class, Map.of("type", "string", "format", "date-time", "maxLength", 40)),
            Map.entry(LocalDate.class, Map.of("type", "string", "format", "date", "maxLength", 10)),
            Map.entry(Duration.class, Map.of("type", "string", "format", "duration", "maxLength", 40)),
            Map.entry(boolean.class, Map.of("type", "boolean")),
            Map.entry(Boolean.class, Map.of("type", "boolean")),
            Map.entry(int.class, Map.of("type", "integer")),
            Map.entry(Integer.class, Map.of("type", "integer")),
            Map.entry(long.class, Map.of("type", "integer")),
            Map.entry(Long.class, Map.of("type", "integer")),
            Map.entry(double.class, Map.of("type", "number")),
            Map.entry(Double.class, Map.of("type", "number")),
            Map.entry(ObjectNode.class, Map.of("type", "object")),
            Map.entry(JsonNode.class, Map.of()),
            Map.entry(Object.class, Map.of()));

    private final Function<Class<?>, Map<String, Object>> records;

    private DataSchema(Function<Class<?>, Map<String, Object>> records) {
        this.records = records;
    }

    /**
     * Generates the schema of a record, a collection of records, or a plain value. A nullable field is left out of {@code required}.
     *
     * @throws IllegalArgumentException for a type without a single JSON form, and for a record that contains itself
     */
    public static Map<String, Object> of(Type type) {
        return new DataSchema(shape -> inline(shape, List.of())).schema(type);
    }

    /**
     * Generates the schema of a record whose fields may hold other records.
     *
     * @param others returns the schema of such a field's record, e.g. a reference to it
     * @throws IllegalArgumentException when the type is not a record, or a field has no single JSON form
     */
    public static Map<String, Object> of(Class<?> shape, Function<Class<?>, Map<String, Object>> others) {
        if (!shape.isRecord()) {
            throw new IllegalArgumentException(shape.getName() + " (expected: a record)");
        }
        return new DataSchema(others).ofRecord(shape);
    }

    private static Map<String, Object> inline(Class<?> shape, List<Class<?>> around) {
        if (around.contains(shape)) {
            throw new IllegalArgumentException(
                    shape.getName() + " contains itself (expected: records of a fixed depth; use JsonNode for a tree)");
        }
        var path = new ArrayList<>(around);
        path.add(shape);
        return of(shape, other -> inline(other, path));
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof Class<?> shape) {
            return ofClass(shape);
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            var arguments = generic.getActualTypeArguments();
            if (Collection.class.isAssignableFrom(raw)) {
                return Map.of("type", "array", "items", schema(arguments[0]));
            }
            if (Map.class.isAssignableFrom(raw)) {
                return Map.of("type", "object", "additionalProperties", schema(arguments[1]));
            }
            if (raw == Optional.class) {
                return schema(arguments[0]);
            }
        }
        throw new IllegalArgumentException(
                type.getTypeName() + " (expected: a record, a list, a map or a plain value)");
    }

    private Map<String, Object> ofClass(Class<?> shape) {
        var plain = PLAIN.get(shape);
        if (plain != null) {
            return plain;
        }
        if (shape.isEnum()) {
            return Map.of(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(shape.getEnumConstants())
                            .map(constant -> JSON.valueToTree(constant).asText())
                            .toList());
        }
        if (shape.isRecord()) {
            return records.apply(shape);
        }
        throw new IllegalArgumentException(shape.getName() + " (expected: a record, a list, a map or a plain value)");
    }

    private Map<String, Object> ofRecord(Class<?> shape) {
        var properties = new LinkedHashMap<String, Object>();
        List<Object> required = new ArrayList<>();
        for (var component : shape.getRecordComponents()) {
            properties.put(component.getName(), schema(component.getGenericType()));
            if (always(component)) {
                required.add(component.getName());
            }
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    /* A sensitive field disappears when its key is erased, so it is never required. */
    private static boolean always(RecordComponent component) {
        return component.getType() != Optional.class
                && !nullable(component.getAnnotatedType())
                && !component.isAnnotationPresent(Sensitive.class);
    }

    private static boolean nullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
