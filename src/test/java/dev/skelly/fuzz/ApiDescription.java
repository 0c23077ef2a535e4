package dev.skelly.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skelly.event.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What {@code /openapi.json} says, with every reference written out. */
final class ApiDescription {

    /**
     * One way to call.
     *
     * @param path with parameters in braces
     * @param bodies schema by media type
     * @param answers by status
     */
    record Operation(
            String method,
            String path,
            List<Parameter> parameters,
            Map<String, JsonNode> bodies,
            Map<Integer, Answer> answers) {

        String name() {
            return method + " " + path;
        }
    }

    /** Where a value goes, and which. */
    record Parameter(String name, String place, boolean required, JsonNode schema) {}

    /**
     * How it may be answered.
     *
     * @param contents schema by media type; none where there is no body
     * @param codes of problems
     * @param headers by name
     */
    record Answer(Map<String, JsonNode> contents, List<String> codes, List<String> headers) {}

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();

    ApiDescription(JsonNode document) {
        this.document = document;
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method ->
                                operations.add(operation(path.getKey(), method.getKey(), method.getValue()))));
    }

    List<Operation> operations() {
        return operations;
    }

    /** The one with this method; HEAD is as GET. */
    Optional<Operation> find(String method, String path) {
        var named = method.equals("HEAD") ? "GET" : method;
        return operations.stream()
                .filter(one -> one.method().equals(named) && one.path().equals(path))
                .findFirst();
    }

    private Operation operation(String path, String method, JsonNode described) {
        var parameters = new ArrayList<Parameter>();
        described
                .path("parameters")
                .forEach(one -> parameters.add(new Parameter(
                        one.path("name").textValue(),
                        one.path("in").textValue(),
                        one.path("required").asBoolean(),
                        written(one.path("schema")))));
        var bodies = new TreeMap<String, JsonNode>();
        described
                .path("requestBody")
                .path("content")
                .properties()
                .forEach(body ->
                        bodies.put(body.getKey(), written(body.getValue().path("schema"))));
        var answers = new HashMap<Integer, Answer>();
        described
                .path("responses")
                .properties()
                .forEach(answer -> answers.put(Integer.valueOf(answer.getKey()), answer(answer.getValue())));
        return new Operation(method.toUpperCase(Locale.ROOT), path, parameters, bodies, answers);
    }

    private Answer answer(JsonNode described) {
        var contents = new TreeMap<String, JsonNode>();
        var codes = new ArrayList<String>();
        described.path("content").properties().forEach(content -> {
            contents.put(content.getKey(), written(content.getValue().path("schema")));
            content.getValue().path("examples").fieldNames().forEachRemaining(codes::add);
        });
        var headers = new ArrayList<String>();
        described.path("headers").fieldNames().forEachRemaining(headers::add);
        return new Answer(contents, codes, headers);
    }

    /* No schema of ours refers to itself. */
    private JsonNode written(JsonNode node) {
        if (node.isArray()) {
            var array = Json.mapper().createArrayNode();
            node.forEach(item -> add(array, item));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        var reference = node.path("$ref");
        if (reference.isTextual()) {
            return written(document.at(reference.textValue().substring(1)));
        }
        ObjectNode object = Json.mapper().createObjectNode();
        node.properties().forEach(field -> object.set(field.getKey(), written(field.getValue())));
        return object;
    }

    private void add(ArrayNode array, JsonNode item) {
        array.add(written(item));
    }
}
