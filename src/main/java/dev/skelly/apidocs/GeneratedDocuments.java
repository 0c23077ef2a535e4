package dev.skelly.apidocs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.feature.Principal;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Holds the documents of the program, generated once. Safe on any thread. */
final class GeneratedDocuments {

    private static final String JSON = "application/json";
    private static final int KEPT_MAX = 64;
    private static final String PAGE = "web/docs/index.html";

    private final JsonMapper json;
    private final Map<String, ServedDocument> byPath = new LinkedHashMap<>();
    private final VisibleEventTypes types;
    private final BiPredicate<Principal, String> rights;
    private final Map<VisibleEventTypes.Knower, VisibleEventTypes.EventTypeList> byKnower =
            new ConcurrentHashMap<>(); // At most about KEPT_MAX entries.

    GeneratedDocuments(ApiModel surface, JsonMapper json, BiPredicate<Principal, String> rights) {
        this.json = json;
        this.rights = rights;
        this.types = new VisibleEventTypes(surface);
        byPath.put("/openapi.json", written(OpenApi.of(surface)));
        byPath.put("/asyncapi.json", written(AsyncApi.of(surface)));
        byPath.put("/feature-map.json", written(FeatureMap.of(surface)));
        byPath.put("/types.ts", ServedDocument.of("text/plain; charset=utf-8", TypeScript.of(surface)));
        byPath.put("/docs", ServedDocument.of("text/html; charset=utf-8", page()));
    }

    private static byte[] page() {
        try (var stream = GeneratedDocuments.class.getClassLoader().getResourceAsStream(PAGE)) {
            if (stream == null) {
                throw new IllegalStateException(PAGE + " is missing from the class path");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(PAGE + " cannot be read", e);
        }
    }

    /** Returns the document at a path; null without one. */
    @Nullable
    ServedDocument at(String path) {
        return byPath.get(path);
    }

    /** Returns the event types that a caller may see. */
    ServedDocument eventTypes(Optional<Principal> caller) {
        return written(items(caller));
    }

    /** Returns one of them, by its present or a former name. */
    Optional<ServedDocument> eventType(Optional<Principal> caller, String name) {
        return items(caller).items().stream()
                .filter(type -> type.name().equals(name) || type.formerly().contains(name))
                .findFirst()
                .map(this::written);
    }

    private VisibleEventTypes.EventTypeList items(Optional<Principal> caller) {
        var knower = types.knower(
                caller.map(Principal::roles).orElse(Set.of()),
                act -> caller.filter(account -> rights.test(account, act)).isPresent());
        var kept = byKnower.get(knower);
        if (kept != null) {
            return kept;
        }
        var made = types.knownTo(knower);
        if (byKnower.size() < KEPT_MAX) {
            byKnower.put(knower, made);
        }
        return made;
    }

    private ServedDocument written(Object value) {
        try {
            var tree = value instanceof Map<?, ?> ? value : json.convertValue(value, LinkedHashMap.class);
            return ServedDocument.of(JSON, json.writeValueAsBytes(CanonicalOrder.of(tree)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and texts can be written", e);
        }
    }
}
