package dev.skelly.apidocs;

import dev.skelly.feature.Problem;
import dev.skelly.feature.ProblemDescription;
import dev.skelly.feature.ProblemStatus;
import dev.skelly.feature.Route;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Generates the OpenAPI responses of a route's problems, one per status, with an example for each code. */
final class ProblemObjects {

    private static final String REQUEST_ID = "0192c0de-7a5e-7000-8000-000000000002";

    private ProblemObjects() {}

    static Map<String, Object> of(Route route) {
        var byStatus = new TreeMap<Integer, List<ProblemDescription>>();
        RouteProblems.of(route)
                .forEach(refusal -> byStatus.computeIfAbsent(
                                ProblemStatus.of(refusal.kind()), status -> new ArrayList<>())
                        .add(refusal));
        var responses = new LinkedHashMap<String, Object>();
        byStatus.forEach((status, refusals) -> responses.put(Integer.toString(status), response(route, refusals)));
        return responses;
    }

    private static Object response(Route route, List<ProblemDescription> refusals) {
        var response = new LinkedHashMap<String, Object>();
        response.put(
                "description",
                refusals.stream()
                        .map(refusal -> "`" + refusal.code() + "`: " + refusal.when())
                        .collect(Collectors.joining("; ", "", ".")));
        var examples = new LinkedHashMap<String, Object>();
        refusals.forEach(refusal -> examples.put(refusal.code(), example(route, refusal)));
        var content = new LinkedHashMap<String, Object>();
        content.put("schema", NamedSchemas.reference(NamedSchemas.PROBLEM));
        content.put("examples", examples);
        var headers = headers(refusals.get(0).kind());
        if (!headers.isEmpty()) {
            response.put("headers", headers);
        }
        response.put("content", Map.of("application/problem+json", content));
        return response;
    }

    private static Map<String, Object> headers(Problem.Kind kind) {
        return switch (kind) {
            case TOO_MANY, UNAVAILABLE -> header("Retry-After", "Seconds to wait before a retry.");
            case UNAUTHENTICATED -> header("WWW-Authenticate", "The authentication scheme.");
            default -> Map.of();
        };
    }

    private static Map<String, Object> header(String name, String meaning) {
        return Map.of(name, Map.of("description", meaning, "schema", Map.of("type", "string")));
    }

    private static Object example(Route route, ProblemDescription refusal) {
        var status = ProblemStatus.of(refusal.kind());
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", "/problems/" + refusal.code());
        problem.put("title", HttpResponseStatus.valueOf(status).reasonPhrase());
        problem.put("status", status);
        problem.put("detail", refusal.when());
        problem.put("instance", route.path().replaceAll("\\{[A-Za-z0-9]+}", "example"));
        problem.put("code", refusal.code());
        problem.put("requestId", REQUEST_ID);
        if (refusal.kind() == Problem.Kind.INVALID) {
            problem.put("errors", List.of(fault(route)));
        }
        var example = new LinkedHashMap<String, Object>();
        example.put("summary", refusal.when());
        example.put("value", problem);
        return example;
    }

    private static Map<String, Object> fault(Route route) {
        var fault = new LinkedHashMap<String, Object>();
        var takes = route.takes();
        var field = takes != null && takes.schema().get("required") instanceof List<?> required && !required.isEmpty()
                ? "#/" + required.get(0)
                : "#";
        fault.put("pointer", field);
        fault.put("code", "required");
        fault.put("detail", "must be given");
        return fault;
    }
}
