package dev.skelly.apidocs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.DataSchema;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.SchemaName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Collects the named schemas of an API document: each record of a response once, referenced by its name, and the problem document. */
final class NamedSchemas {

    static final String PROBLEM = "Problem";

    private static final Pattern NAME =
            Pattern.compile("[A-Z][A-Za-z0-9]*[A-Za-z]"); // A digit at the end would only distinguish duplicates.
    private static final Set<String> GENERIC = Set.of(
            "Answer",
            "Body",
            "Data",
            "Entry",
            "Item",
            "Items",
            "Page",
            "Reply",
            "Request",
            "Response",
            "Result",
            "View");

    private final Map<String, Object> named = new TreeMap<>();
    private final Map<String, Class<?>> owners = new TreeMap<>();

    /**
     * Creates the collection with the problem document alone.
     *
     * @param codes the codes of all problems
     */
    NamedSchemas(List<String> codes) {
        var error = name(FieldError.class);
        owners.put(error, FieldError.class);
        named.put(error, error());
        owners.put(PROBLEM, Problem.class);
        named.put(PROBLEM, problem(codes, reference(error)));
    }

    Map<String, Object> all() {
        return named;
    }

    /**
     * Returns the schema of a response body.
     *
     * @throws IllegalArgumentException when two records have the same name, or a name is unsuitable
     */
    Map<String, Object> of(ResponseDescription answer) {
        var body = answer.body();
        return body == null ? OpenObjects.in(answer.schema()) : named(body);
    }

    /**
     * Returns the schema of a request body. It, its alternatives and its items are referenced by their titles, if any. Schemas of their fields may
     * be declared by an operator, whose titles are not names.
     *
     * @throws IllegalArgumentException when two schemas have the same name, or a name is unsuitable
     */
    Map<String, Object> ofBody(Map<?, ?> schema) {
        var parts = new LinkedHashMap<Object, Object>(schema);
        parts.computeIfPresent(
                "oneOf",
                (keyword, choices) -> ((List<?>) choices)
                        .stream().map(choice -> ofBody((Map<?, ?>) choice)).toList());
        parts.computeIfPresent("items", (keyword, item) -> ofBody((Map<?, ?>) item));
        var whole = OpenObjects.in(parts);
        if (!(whole.get("title") instanceof String title)) {
            return whole;
        }
        var known = named.putIfAbsent(checked(title, "a body"), whole);
        if (known != null && !known.equals(whole)) {
            throw taken(title, "a body and another");
        }
        return reference(title);
    }

    static Map<String, Object> reference(String name) {
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    /** Returns an example of a body; empty when none is known to be valid. */
    Optional<JsonNode> sample(ResponseDescription answer) {
        var body = answer.body();
        return body == null ? ExampleValue.of(answer.schema()) : ExampleValue.of(DataSchema.of(body));
    }

    private Map<String, Object> named(Class<?> shape) {
        var name = name(shape);
        var owner = owners.putIfAbsent(name, shape);
        if (owner == null ? named.containsKey(name) : owner != shape) {
            throw taken(name, (owner == null ? "a body" : owner.getName()) + " and " + shape.getName());
        }
        if (owner == null) {
            named.put(name, OpenObjects.in(DataSchema.of(shape, this::named)));
        }
        return reference(name);
    }

    private static IllegalArgumentException taken(String name, String owners) {
        return new IllegalArgumentException("schema " + name + ": " + owners
                + " (expected: one record or body of this name; rename one, or give it a @SchemaName)");
    }

    private static String name(Class<?> shape) {
        var declared = shape.getAnnotation(SchemaName.class);
        return checked(declared == null ? shape.getSimpleName() : declared.value(), shape.getName());
    }

    private static String checked(String name, String owner) {
        if (!NAME.matcher(name).matches() || GENERIC.contains(name)) {
            throw new IllegalArgumentException("schema " + name + " of " + owner
                    + " (expected: the resource in upper camel case, without a digit at the end; rename it, or give it a"
                    + " @SchemaName)");
        }
        return name;
    }

    private static Map<String, Object> error() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("pointer", text("A JSON pointer into the body, or the name of a parameter."));
        properties.put("code", text("A stable code of the error."));
        properties.put("detail", text("The expected value, as text for people."));
        return object(properties, List.of("pointer", "code", "detail"));
    }

    private static Map<String, Object> problem(List<String> codes, Map<String, Object> error) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("type", text("The kind of problem, a URI reference."));
        properties.put("title", text("The status as text."));
        properties.put("status", Map.of("type", "integer"));
        properties.put("detail", text("The error and the expected value, as text for people."));
        properties.put("instance", text("The path of the request."));
        properties.put("code", Map.of("type", "string", "enum", codes, "description", "The problem's stable name."));
        properties.put("requestId", text("The id of the request in the log."));
        properties.put("errors", Map.of("type", "array", "items", error));
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
