package dev.skelly.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.testing.WholeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One resource and method as a running node's {@code /openapi.json} describes it.
 *
 * @param path with parameters in braces
 * @param operation all that is said of it
 */
record DescribedRoute(String method, String path, JsonNode operation) {

    private static final int TEXT_CHARS_MAX = 200;

    /** All that a node describes. */
    static List<DescribedRoute> of(WholeNode node) {
        var routes = new ArrayList<DescribedRoute>();
        node.read(node.get("/openapi.json").body())
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> routes.add(new DescribedRoute(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()))));
        return routes;
    }

    String name() {
        return method + " " + path;
    }

    boolean writing() {
        return !method.equals("GET");
    }

    /** Names of the parameters of one place, such as {@code query}. */
    List<String> parameters(String place) {
        return described(place)
                .map(parameter -> parameter.path("name").asText())
                .toList();
    }

    /** Whether {@code If-Match} may be sent. */
    boolean matching() {
        return parameters("header").contains("If-Match");
    }

    /** Whether {@code If-Match} must be sent. */
    boolean matchRequired() {
        return described("header")
                .anyMatch(parameter -> parameter.path("name").asText().equals("If-Match")
                        && parameter.path("required").asBoolean());
    }

    /** How long a parameter of the query may be; as long as any text where its schema does not say. */
    int charactersMax(String name) {
        return described("query")
                .filter(parameter -> parameter.path("name").asText().equals(name))
                .mapToInt(
                        parameter -> parameter.path("schema").path("maxLength").asInt(TEXT_CHARS_MAX))
                .findFirst()
                .orElseThrow();
    }

    /** Codes of the problems that it may answer with one status. */
    List<String> codes(int status) {
        var codes = new ArrayList<String>();
        operation
                .path("responses")
                .path(Integer.toString(status))
                .path("content")
                .path("application/problem+json")
                .path("examples")
                .fieldNames()
                .forEachRemaining(codes::add);
        return codes;
    }

    private Stream<JsonNode> described(String place) {
        return StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .filter(parameter -> parameter.path("in").asText().equals(place));
    }

    /** The schema of its JSON body; missing where it takes none. */
    JsonNode body() {
        return operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
    }

    /** Its name. */
    @Override
    public String toString() {
        return name();
    }
}
