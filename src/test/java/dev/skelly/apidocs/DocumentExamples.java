package dev.skelly.apidocs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.Json;
import dev.skelly.feature.BodySchema;
import dev.skelly.schema.SchemaValidator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every example of an OpenAPI or AsyncAPI document, held against its schema with the project's validator. */
final class DocumentExamples {

    private static final JsonMapper JSON = Json.mapper();
    private static final int CHARS_MAX = 1_000;

    private final JsonNode definitions;
    private final List<String> found = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    DocumentExamples(JsonNode document) {
        definitions = here(document.at("/components/schemas"));
        search("", document);
    }

    /** Where there is an example, as JSON pointers. */
    List<String> found() {
        return found;
    }

    /** Each fault of an example, with its place. */
    List<String> faults() {
        return faults;
    }

    private void search(String place, JsonNode node) {
        if (node.has("schema")) {
            judge(place + "/example", node.path("schema"), node.path("example"));
            node.path("examples")
                    .properties()
                    .forEach(one -> judge(
                            place + "/examples/" + one.getKey(),
                            node.path("schema"),
                            one.getValue().path("value")));
        } else if (node.has("payload")) {
            node.path("examples").forEach(one -> judge(place + "/examples", node.path("payload"), one.path("payload")));
        } else if (node.has("type") || node.has("const")) {
            node.path("examples").forEach(one -> judge(place + "/examples", node, one));
            judge(place + "/default", node, node.path("default"));
        }
        if (node.isArray()) {
            for (var index = 0; index < node.size(); index++) {
                search(place + "/" + index, node.get(index));
            }
        }
        node.properties().forEach(field -> search(place + "/" + field.getKey(), field.getValue()));
    }

    private void judge(String place, JsonNode schema, JsonNode example) {
        if (example.isMissingNode()) {
            return;
        }
        found.add(place);
        ObjectNode whole = here(schema).deepCopy();
        whole.set("$defs", definitions);
        Map<String, Object> plain = JSON.convertValue(
                whole, JSON.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class));
        new SchemaValidator(new BodySchema(plain, false), JSON)
                .faults(example)
                .forEach(fault -> faults.add(place + ": " + fault + " in " + example));
    }

    /* References lead to $defs, and what the validator wants to be limited is. */
    private static JsonNode here(JsonNode schema) {
        if (schema.isArray()) {
            var items = JSON.createArrayNode();
            schema.forEach(item -> items.add(here(item)));
            return items;
        }
        if (schema.path("$ref").isTextual()) {
            var reference = schema.path("$ref").textValue();
            return JSON.createObjectNode().put("$ref", reference.replace("#/components/schemas/", "#/$defs/"));
        }
        if (!schema.isObject()) {
            return schema;
        }
        var object = JSON.createObjectNode();
        schema.properties().forEach(field -> object.set(field.getKey(), here(field.getValue())));
        if ((object.path("format").isTextual() || object.path("pattern").isTextual()) && !object.has("maxLength")) {
            object.put("maxLength", CHARS_MAX);
        }
        return object;
    }
}
