package dev.skelly.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What the answers of one session gave, by what it is good for. Confined to one thread. */
final class Pool {

    private static final int KEPT_MAX = 40;
    private static final int CHARS_MAX = 2_000;
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("after", "cursor"),
            Map.entry("position", "cursor"),
            Map.entry("nextcursor", "cursor"),
            Map.entry("lasteventid", "cursor"),
            Map.entry("last-event-id", "cursor"),
            Map.entry("skelly-position", "cursor"),
            Map.entry("if-match", "etag"),
            Map.entry("if-none-match", "etag"),
            Map.entry("accesstoken", "access"),
            Map.entry("actor", "id"),
            Map.entry("account", "id"),
            Map.entry("correlation", "id"),
            Map.entry("correlationid", "id"),
            Map.entry("eventtype", "type"),
            Map.entry("role", "name"));

    private final Map<String, List<String>> byKind = new HashMap<>();

    /** What a field or parameter of this name is good for. */
    static String kind(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        var known = KINDS.get(lower);
        return known != null ? known : lower.endsWith("id") && !lower.equals("kid") ? "id" : lower;
    }

    /** The name of ids that a list of this path gave. */
    static String idOf(String path) {
        return "id of " + path;
    }

    void learn(String name, String value) {
        if (value.isEmpty() || value.length() > CHARS_MAX) {
            return;
        }
        var values = byKind.computeIfAbsent(kind(name), kind -> new ArrayList<>());
        if (!values.contains(value)) {
            values.add(value);
        }
        if (values.size() > KEPT_MAX) {
            values.remove(0);
        }
    }

    /** Every text in a document, by the name of its field. */
    void learn(String name, JsonNode document) {
        if (document.isTextual()) {
            learn(name, document.textValue());
        }
        document.properties().forEach(field -> learn(field.getKey(), field.getValue()));
        if (document.isArray()) {
            document.forEach(item -> learn(name, item));
        }
    }

    /** One that fits a name; the newest more often than others. */
    Optional<String> any(String name, Random random) {
        var values = byKind.getOrDefault(kind(name), List.of());
        if (values.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                random.nextInt(3) == 0 ? values.get(values.size() - 1) : values.get(random.nextInt(values.size())));
    }
}
