package dev.skelly.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.feature.FieldError;
import dev.skelly.schema.JsonPointers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Replaces the references of a schema by their definitions, so that later readers need not support references. */
final class SchemaReferences {

    private static final String DEFINITIONS = "$defs";
    private static final String PREFIX = "#/" + DEFINITIONS + "/";
    private static final int NODES_MAX = 10_000; // Definitions that each refer to others twice grow exponentially.
    private static final Set<String> BESIDE = Set.of("title", "description", "$comment", "default", "examples");

    private final JsonNode definitions;
    private final List<FieldError> faults;
    private final Deque<String> open = new ArrayDeque<>();
    private int nodes;

    private SchemaReferences(JsonNode schema, List<FieldError> faults) {
        this.definitions = schema.path(DEFINITIONS);
        this.faults = faults;
    }

    /** Tells whether a text is a supported reference. */
    static boolean isOne(JsonNode text) {
        return text.isTextual() && text.asText().startsWith(PREFIX);
    }

    /**
     * Returns a copy without references, definitions and the name of the dialect.
     *
     * @param schema whose keywords were checked
     * @param faults receives errors of references that are missing, circular or too large
     */
    static JsonNode resolved(JsonNode schema, String pointer, List<FieldError> faults) {
        if (schema.isObject()
                && (schema.has(DEFINITIONS) || schema.has("$schema") || schema.findValue("$ref") != null)) {
            var plain = schema.deepCopy();
            ((ObjectNode) plain).remove(List.of(DEFINITIONS, "$schema"));
            return new SchemaReferences(schema, faults).resolved(plain, pointer);
        }
        return schema;
    }

    private JsonNode resolved(JsonNode schema, String at) {
        if (++nodes > NODES_MAX) {
            if (nodes == NODES_MAX + 1) {
                fault(
                        at,
                        "makes the schema too long (expected: at most " + NODES_MAX
                                + " values with all references followed)");
            }
            return schema;
        }
        if (schema instanceof ObjectNode object) {
            return isOne(object.path("$ref")) ? referred(object, at) : each(object, at);
        }
        if (schema instanceof ArrayNode list) {
            for (var index = 0; index < list.size(); index++) {
                list.set(index, resolved(list.get(index), at + "/" + index));
            }
        }
        return schema;
    }

    private JsonNode each(ObjectNode object, String at) {
        object.properties()
                .forEach(field ->
                        field.setValue(resolved(field.getValue(), at + "/" + JsonPointers.token(field.getKey()))));
        return object;
    }

    private JsonNode referred(ObjectNode reference, String at) {
        var name = reference.path("$ref").asText().substring(PREFIX.length());
        var target = definitions.path(name.replace("~1", "/").replace("~0", "~"));
        var place = at + "/" + JsonPointers.token("$ref");
        if (target.isMissingNode()) {
            fault(place, name + " is not one of " + DEFINITIONS);
        } else if (open.contains(name)) {
            fault(place, name + " refers to itself, which a form or a type of data cannot");
        } else if (reference.properties().stream()
                .anyMatch(field -> !field.getKey().equals("$ref") && !BESIDE.contains(field.getKey()))) {
            fault(
                    at,
                    "must have nothing beside $ref but "
                            + BESIDE.stream().sorted().toList());
        } else {
            open.push(name);
            var found = resolved(target.deepCopy(), at);
            open.pop();
            reference.remove("$ref");
            return found instanceof ObjectNode object ? object.setAll(reference) : found;
        }
        return reference;
    }

    private void fault(String at, String detail) {
        faults.add(new FieldError(at, "reference", detail));
    }
}
