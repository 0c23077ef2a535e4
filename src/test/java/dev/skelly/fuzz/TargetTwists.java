package dev.skelly.fuzz;

import java.util.List;

/** Makes methods, paths and queries wrong. */
final class TargetTwists {

    private static final List<String> METHODS = List.of(
            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO", "get", "PROPFIND", "G\u00e9T");
    private static final List<String> BROKEN = List.of(
            "%zz",
            "%", "%00", "%ff", "%c0%ae", "%2e%2e", "..", ".", "%2f", "a%2fb", ";x=1", "%0d%0a", "%u0041", "\u00e9");

    private TargetTwists() {}

    static void apply(Draft draft, Values values, ApiDescription api) {
        switch (values.random().nextInt(8)) {
            case 0, 1 -> method(draft, values, api);
            case 2, 3 -> segment(draft, values);
            case 4 -> path(draft, values);
            case 5 -> longer(draft, values);
            default -> query(draft, values);
        }
    }

    private static void method(Draft draft, Values values, ApiDescription api) {
        draft.method = values.one(METHODS);
        draft.how.add("method");
        var now = draft.operation;
        if (now != null) {
            draft.operation = api.find(draft.method, now.path()).orElse(null);
        }
    }

    /* A parameter of the path that stays one. */
    private static void segment(Draft draft, Values values) {
        var operation = draft.operation;
        var slot = operation == null ? -1 : List.of(operation.path().split("/")).indexOf("{id}");
        var parts = draft.path.split("/");
        if (slot < 0 || slot >= parts.length) {
            query(draft, values);
            return;
        }
        draft.how.add("a path parameter");
        var known = values.known("id");
        var text = values.one(Nasty.TEXTS);
        parts[slot] = Draft.encoded(values.oneIn(3) && known.isPresent() ? known.get() : text.isEmpty() ? "-" : text);
        draft.path = String.join("/", parts);
    }

    private static void path(Draft draft, Values values) {
        draft.how.add("path");
        draft.operation = null;
        var parts = draft.path.split("/");
        var place = 1 + values.random().nextInt(parts.length - 1);
        switch (values.random().nextInt(4)) {
            case 0 -> draft.path += "/";
            case 1 -> draft.path = draft.path.replaceFirst("/", "//");
            case 2 -> {
                parts[place] = values.one(BROKEN);
                draft.path = String.join("/", parts);
            }
            default -> {
                parts[place] += values.one(BROKEN);
                draft.path = String.join("/", parts);
            }
        }
    }

    private static void longer(Draft draft, Values values) {
        draft.how.add("a long target");
        draft.query.add("q=" + "z".repeat(values.random().nextInt(10_000)));
    }

    private static void query(Draft draft, Values values) {
        draft.how.add("query");
        var operation = draft.operation;
        var names = operation == null
                ? List.of("x")
                : operation.parameters().stream()
                        .filter(parameter -> parameter.place().equals("query"))
                        .map(ApiDescription.Parameter::name)
                        .toList();
        var name = names.isEmpty() || values.oneIn(6) ? "unknown" : values.one(names);
        switch (values.random().nextInt(6)) {
            case 0 -> draft.query.add(name + "=" + values.one(BROKEN));
            case 1 -> draft.query.add(name);
            case 2 -> draft.query.add("=&&=");
            case 3 -> draft.query.addAll(List.of(name + "=1", name + "=2"));
            default -> draft.query.add(name + "=" + Draft.encoded(values.one(Nasty.TEXTS)));
        }
    }
}
