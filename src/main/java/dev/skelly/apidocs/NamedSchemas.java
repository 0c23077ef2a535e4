package dev.skelly.apidocs;

import dev.skelly.event.DataSchema;
import dev.skelly.feature.ResponseDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The named schemas of one API description: each record that is answered once, and the problem document. */
final class NamedSchemas {

    static final String PROBLEM = "Problem";

    private final Map<String, Object> named = new TreeMap<>();
    private final Map<String, Class<?>> owners = new TreeMap<>();

    NamedSchemas() {
        named.put(PROBLEM, problem());
    }

    Map<String, Object> all() {
        return named;
    }

    /** What an answer's body looks like. */
    Map<String, Object> of(ResponseDescription answer) {
        var body = answer.body();
        return body == null ? answer.schema() : reference(name(body));
    }

    static Map<String, Object> reference(String name) {
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    /** A body with a value that it may have; empty where the schema allows anything. */
    Object sample(ResponseDescription answer) {
        var body = answer.body();
        return body == null ? ExampleValue.of(answer.schema()) : ExampleValue.of(DataSchema.of(body));
    }

    private String name(Class<?> shape) {
        var name = shape.getSimpleName();
        for (var number = 2; owners.containsKey(name) && owners.get(name) != shape; number++) {
            name = shape.getSimpleName() + number;
        }
        if (owners.putIfAbsent(name, shape) == null) {
            named.put(name, DataSchema.of(shape));
        }
        return name;
    }

    private static Map<String, Object> problem() {
        var fault = object(
                Map.of(
                        "pointer", text("Where: a JSON pointer into the body, or the name of a parameter."),
                        "code", text("What is wrong, as a stable word."),
                        "detail", text("What was expected, for a person.")),
                List.of("pointer", "code", "detail"));
        var properties = new LinkedHashMap<String, Object>();
        properties.put("type", text("The kind of problem, a URI reference."));
        properties.put("title", text("The status in words."));
        properties.put("status", Map.of("type", "integer"));
        properties.put("detail", text("What was wrong and what was expected."));
        properties.put("instance", text("The path of the request."));
        properties.put("code", text("The problem's stable name."));
        properties.put("requestId", text("Names the request in the log."));
        properties.put("errors", Map.of("type", "array", "items", fault));
        return object(properties, List.of("type", "title", "status", "detail", "code", "requestId"));
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> text(String description) {
        return Map.of("type", "string", "description", description);
    }
}
