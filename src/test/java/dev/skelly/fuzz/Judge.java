package dev.skelly.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Holds answers against what the description says of them. A fault begins with its kind, up to the first colon. Confined to one thread,
 * as the validators are.
 */
final class Judge {

    private static final String PROBLEM = "application/problem+json";
    private static final Set<String> OPERATIONAL = Set.of("/health/ready", "/health/started");
    /* What is refused before anybody looks at the path, so that it is said once for all routes. */
    private static final Set<Integer> ANYWHERE = Set.of(414, 431);
    private static final Pattern LEAK = Pattern.compile(
            "\\bat [a-z]+(\\.[A-Za-z0-9$_]+)+\\(|[a-z]Exception|[a-z]Error\\b|\\b(java|javax|io|com|org|dev)\\.[a-z]+\\.[A-Za-z.]+"
                    + "|\\b(select|insert|update|delete)\\b.+\\b(from|into|set)\\b|SQLSTATE|relation \"|syntax error|violates"
                    + "|pg_catalog|jsonb|NullPointer|Cannot deserialize",
            Pattern.CASE_INSENSITIVE);

    private final Map<JsonNode, Schema> validators = new HashMap<>();
    private final JsonNode problem;

    Judge(ApiDescription api) {
        this.problem = api.operations().stream()
                .flatMap(operation -> operation.answers().values().stream())
                .flatMap(answer -> Optional.ofNullable(answer.contents().get(PROBLEM)).stream())
                .findFirst()
                .orElseThrow();
    }

    /** What is wrong with an answer; empty when nothing is. */
    Optional<String> fault(Call call, Wire.Answer answer) {
        var head = call.method().equals("HEAD");
        return first(
                () -> server(call, answer),
                () -> answer.status() >= 400 ? problem(answer, head) : Optional.empty(),
                () -> described(call, answer, head),
                () -> hopeful(call, answer));
    }

    private interface Look {
        Optional<String> fault();
    }

    private static Optional<String> first(Look... looks) {
        for (var look : looks) {
            var fault = look.fault();
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> server(Call call, Wire.Answer answer) {
        var health = call.operation() != null
                && OPERATIONAL.contains(call.operation().path());
        if (answer.status() >= 500 && !health) {
            return Optional.of(answer.status() + ": " + answer.text());
        }
        return answer.header("x-request-id").isEmpty()
                ? Optional.of("no X-Request-Id: " + answer.headers())
                : Optional.empty();
    }

    private Optional<String> problem(Wire.Answer answer, boolean head) {
        if (answer.status() == 503 && answer.mediaType().equals("application/json")) {
            return Optional.empty();
        }
        if (!answer.mediaType().equals(PROBLEM)) {
            return Optional.of("no problem document: " + answer.status() + " " + answer.mediaType());
        }
        for (var header : needed(answer.status())) {
            if (answer.header(header).isEmpty()) {
                return Optional.of(answer.status() + " without " + header + ": " + answer.headers());
            }
        }
        if (head) {
            return Optional.empty();
        }
        var document = new JsonObject(answer.text());
        var said = said(document);
        if (LEAK.matcher(said).find()) {
            return Optional.of("leak: " + answer.text());
        }
        if (document.getInteger("status") != answer.status()
                || !("/problems/" + document.getString("code")).equals(document.getString("type"))) {
            return Optional.of("contradiction: " + answer.status() + " " + answer.text());
        }
        return conforms(problem, answer);
    }

    private static List<String> needed(int status) {
        return switch (status) {
            case 401 -> List.of("www-authenticate", "x-request-id");
            case 405 -> List.of("allow");
            case 429, 503 -> List.of("retry-after");
            default -> List.of();
        };
    }

    /* Without what repeats the request: its path, and the names of its fields. */
    private static String said(JsonObject document) {
        var copy = document.copy();
        copy.remove("instance");
        var faults = copy.getJsonArray("errors");
        if (faults != null) {
            faults.forEach(fault -> ((JsonObject) fault).remove("pointer"));
        }
        return copy.encode();
    }

    private Optional<String> described(Call call, Wire.Answer answer, boolean head) {
        var operation = call.operation();
        if (operation == null || ANYWHERE.contains(answer.status())) {
            return Optional.empty();
        }
        var described = operation.answers().get(answer.status());
        var bodyless = head
                && answer.status() == 405
                && !answer.header("allow").orElse("HEAD").contains("HEAD");
        if (bodyless) {
            return Optional.empty(); // A stream has no end to tell the length of.
        }
        if (described == null) {
            return Optional.of("undocumented " + answer.status() + " of " + operation.name() + ": " + answer.text());
        }
        if (described.contents().isEmpty()) {
            return answer.body().length() == 0
                    ? Optional.empty()
                    : Optional.of("undocumented body of " + answer.status() + ": " + answer.text());
        }
        var schema = described.contents().get(answer.mediaType());
        if (schema == null) {
            return Optional.of("undocumented media type " + answer.mediaType() + " of " + answer.status() + ": "
                    + described.contents().keySet());
        }
        if (head || !answer.mediaType().endsWith("json")) {
            return Optional.empty();
        }
        return answer.mediaType().equals(PROBLEM)
                ? code(described, new JsonObject(answer.text()), operation)
                : conforms(schema, answer);
    }

    private static Optional<String> code(
            ApiDescription.Answer described, JsonObject document, ApiDescription.Operation operation) {
        var code = document.getString("code");
        return described.codes().contains(code)
                ? Optional.empty()
                : Optional.of("undocumented code " + code + " of " + operation.name() + ": " + document.encode());
    }

    private Optional<String> conforms(JsonNode schema, Wire.Answer answer) {
        var errors = validators
                .computeIfAbsent(schema, Judge::validator)
                .validate(
                        answer.text(),
                        InputFormat.JSON,
                        run -> run.executionConfig(config -> config.formatAssertionsEnabled(true)));
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of("another shape than described: " + errors.get(errors.size() - 1) + " " + answer.text());
    }

    private static Schema validator(JsonNode schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
    }

    private static Optional<String> hopeful(Call call, Wire.Answer answer) {
        var read = call.operation() != null && !call.operation().bodies().isEmpty();
        return read && call.hopeless() && answer.status() < 300
                ? Optional.of("took a body that is none: " + answer.status() + " " + answer.text())
                : Optional.empty();
    }
}
