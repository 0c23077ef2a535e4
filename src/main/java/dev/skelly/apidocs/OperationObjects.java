package dev.skelly.apidocs;

import dev.skelly.feature.ApiDescription;
import dev.skelly.feature.Parameter;
import dev.skelly.feature.ResponseDescription;
import dev.skelly.feature.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Generates the OpenAPI operation of a route. */
final class OperationObjects {

    private static final Pattern SLOT = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final int KEY_CHARS_MAX = 255;

    private OperationObjects() {}

    static Map<String, Object> of(ApiModel.Operation operation, NamedSchemas schemas) {
        var route = operation.route();
        var described = new LinkedHashMap<String, Object>();
        described.put("operationId", id(route));
        described.put("tags", List.of(operation.tag()));
        described.put("summary", route.summary());
        if (!route.about().detail().isEmpty()) {
            described.put("description", route.about().detail());
        }
        described.put("security", SecuritySchemes.of(route));
        var parameters = parameters(route);
        if (!parameters.isEmpty()) {
            described.put("parameters", parameters);
        }
        var bodies = bodies(route, schemas);
        if (!bodies.isEmpty()) {
            var body = new LinkedHashMap<String, Object>();
            var takes = route.takes();
            body.put("required", takes == null || !takes.optional());
            body.put("content", bodies);
            described.put("requestBody", body);
        }
        described.put("responses", responses(route, schemas));
        return described;
    }

    /** Returns the operation id: {@code getUsersById} for {@code GET /api/users/{id}}. */
    static String id(Route route) {
        var path = SLOT.matcher(route.path().replaceFirst("^/api/", "/")).replaceAll("by-$1");
        var words = WORD.matcher(path).results().map(word -> capital(word.group()));
        return route.method().toLowerCase(Locale.ROOT) + words.collect(Collectors.joining());
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static List<Object> parameters(Route route) {
        var named = route.about().parameters();
        var ofPath = SLOT.matcher(route.path())
                .results()
                .map(slot -> slot.group(1))
                .filter(name -> named.stream()
                        .noneMatch(one -> one.place() == Parameter.Place.PATH
                                && one.name().equals(name)))
                .map(OperationObjects::ofPath);
        var key = new Parameter(
                Parameter.Place.HEADER,
                IDEMPOTENCY_KEY,
                false,
                "A repeated request with the same key and body has no effect and gets the first response, as long as the key is stored.",
                Map.of("type", "string", "minLength", 1, "maxLength", KEY_CHARS_MAX));
        var known = new Parameter(
                Parameter.Place.HEADER,
                "If-None-Match",
                false,
                "Entity tags of earlier responses, or `*`: the response is 304 if one of them is current.",
                Map.of("type", "string", "examples", List.of("\"1\"")));
        var ofReads = Stream.of(known).filter(header -> tagged(route));
        var ofOptions = Stream.of(key).filter(header -> route.options().idempotent());
        return Stream.of(ofPath, named.stream(), ofReads, ofOptions)
                .flatMap(some -> some)
                .map(OperationObjects::parameter)
                .toList();
    }

    /* A client that has the current version of such a resource gets 304. */
    private static boolean tagged(Route route) {
        return route.method().equals("GET")
                && route.about().answers().stream()
                        .flatMap(answer -> answer.headers().stream())
                        .anyMatch(header -> header.name().equals("ETag"));
    }

    private static Parameter ofPath(String name) {
        Map<String, Object> schema = name.equals("id") || name.endsWith("Id")
                ? Map.of("type", "string", "format", "uuid")
                : Map.of("type", "string", "minLength", 1);
        return Parameter.path(name, "Which one.", schema);
    }

    private static Object parameter(Parameter parameter) {
        var described = new LinkedHashMap<String, Object>();
        described.put("name", parameter.name());
        described.put("in", parameter.place().name().toLowerCase(Locale.ROOT));
        described.put("required", parameter.required());
        described.put("description", parameter.meaning());
        described.put("schema", parameter.schema());
        return described;
    }

    private static Map<String, Object> bodies(Route route, NamedSchemas schemas) {
        var bodies = new LinkedHashMap<String, Object>();
        var takes = route.takes();
        if (takes != null) {
            var types = new ArrayList<>(List.of("application/json"));
            types.addAll(route.options().mediaTypes().stream().sorted().toList());
            if (route.method().equals("PATCH")) {
                types.add("application/merge-patch+json");
            }
            types.forEach(type -> bodies.put(type, body(takes.schema(), schemas)));
        }
        for (ApiDescription.Body body : route.about().bodies().get()) {
            bodies.put(body.mediaType(), body(body.schema(), schemas));
        }
        return bodies;
    }

    private static Object body(Map<String, Object> schema, NamedSchemas schemas) {
        var described = new LinkedHashMap<String, Object>();
        described.put("schema", schemas.ofBody(schema));
        ExampleValue.of(schema).ifPresent(example -> described.put("example", example));
        return described;
    }

    private static Map<String, Object> responses(Route route, NamedSchemas schemas) {
        var byStatus = new TreeMap<Integer, List<ResponseDescription>>();
        for (var answer : route.about().answers()) {
            byStatus.computeIfAbsent(answer.status(), status -> new ArrayList<>())
                    .add(answer);
        }
        if (tagged(route)) {
            byStatus.putIfAbsent(304, List.of(ResponseDescription.empty(304).meaning("Not modified.")));
        }
        var responses = new LinkedHashMap<String, Object>();
        byStatus.forEach(
                (status, answers) -> responses.put(Integer.toString(status), ResponseObjects.of(answers, schemas)));
        ProblemObjects.of(route).forEach(responses::putIfAbsent);
        return responses;
    }
}
