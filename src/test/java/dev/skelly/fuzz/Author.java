package dev.skelly.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** Makes up calls. What it makes depends on the seed of the call and on what the session has heard, and on nothing else. */
final class Author {

    /** Large answers, and keys that everybody then carries along: now and then is enough. */
    private static final List<String> RARE = List.of(
            "POST /api/admin/keys/rotate",
            "GET /openapi.json",
            "GET /asyncapi.json",
            "GET /feature-map.json",
            "GET /types.ts",
            "GET /docs",
            "GET /metrics",
            "DELETE /api/me",
            "POST /api/auth/logout",
            "DELETE /api/auth/sessions",
            "GET /api/stream");

    /* Silent for as long as it is asked to be, which is longer than an answer may take. */
    private static final String SILENT = "GET /health/stream-probe";

    private static final int RARELY = 12;

    private final ApiDescription api;
    private final Map<String, JsonNode> types;
    private final List<ApiDescription.Operation> choices = new ArrayList<>();

    Author(ApiDescription api, Map<String, JsonNode> types) {
        this.api = api;
        this.types = types;
        for (var operation : api.operations()) {
            for (var weight = weight(operation.name()); weight > 0; weight--) {
                choices.add(operation);
            }
        }
    }

    private static int weight(String operation) {
        if (operation.equals(SILENT)) {
            return 0;
        }
        return RARE.contains(operation) ? 1 : RARELY;
    }

    /**
     * The call of a seed.
     *
     * @param always headers that each call of the session carries
     */
    Call call(long seed, Pool pool, List<String> always) {
        var values = new Values(new Random(seed), pool, types);
        var draft = right(values, always);
        var twists = values.random().nextInt(20);
        for (var twist = twists < 9 ? 0 : twists < 17 ? 1 : 2; twist > 0; twist--) {
            switch (values.random().nextInt(8)) {
                case 0, 1, 2 -> BodyTwists.apply(draft, values);
                case 3, 4, 5 -> HeaderTwists.apply(draft, values);
                default -> TargetTwists.apply(draft, values, api);
            }
        }
        return draft.call();
    }

    private Draft right(Values values, List<String> always) {
        var operation = values.one(choices);
        var draft = new Draft(operation);
        draft.headers.addAll(always);
        values.known("access")
                .filter(token -> !values.oneIn(12))
                .ifPresent(token -> draft.header("Authorization", "Bearer " + token));
        draft.path = operation.path();
        for (var parameter : operation.parameters()) {
            place(parameter, draft, values);
        }
        if (!operation.bodies().isEmpty()) {
            var type = values.one(List.copyOf(operation.bodies().keySet()));
            draft.header("Content-Type", type);
            var schema = Objects.requireNonNull(
                    operation.bodies().get(type.equals("text/plain") ? "application/json" : type));
            draft.document(values.of(schema));
        }
        return draft;
    }

    /* Where what a path is about is listed. */
    private static String list(Draft draft) {
        return draft.path.split("/\\{", 2)[0];
    }

    /* Nothing, and dots alone, would make another path of it. */
    private static String segment(String value) {
        return value.matches("\\.{0,2}") ? "x" : Draft.encoded(value);
    }

    private static void place(ApiDescription.Parameter parameter, Draft draft, Values values) {
        if (!parameter.required() && values.random().nextInt(3) > 0) {
            return;
        }
        var name = parameter.name();
        var fitting =
                name.equals("id") && !values.oneIn(3) ? values.known(Pool.idOf(list(draft))) : Optional.<String>empty();
        var value = fitting.orElseGet(() -> values.text(parameter.schema(), name));
        switch (parameter.place()) {
            case "path" -> draft.path = draft.path.replace("{" + name + "}", segment(value));
            case "query" -> draft.query.add(name + "=" + Draft.encoded(value));
            default -> draft.header(name, value.replaceAll("[^ -~]", "?"));
        }
    }
}
