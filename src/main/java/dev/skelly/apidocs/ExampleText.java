package dev.skelly.apidocs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Generates example texts of a JSON Schema. */
final class ExampleText {

    private static final String UUID = "0192c0de-7a5e-7000-8000-000000000001";
    private static final Map<String, String> BY_FORMAT = Map.of(
            "uuid", UUID,
            "date-time", "2026-11-23T09:20:00Z",
            "date", "2026-11-23",
            "duration", "PT10M",
            "email", "ada@example.org",
            "uri", "https://example.org/",
            "uri-reference", "/example");
    private static final Map<String, String> BY_NAME = Map.of(
            "name", "Ada Lovelace",
            "password", "correct horse battery staple",
            "reason", "sent by mistake",
            "type", "user.registered",
            "subject", "user:" + UUID,
            "tokenType", "Bearer");

    private ExampleText() {}

    /**
     * Returns a text; empty where none is found.
     *
     * @param name of the field; empty for a whole document
     * @param accepted whether a text satisfies the whole schema; asked only where there is a pattern
     */
    static Optional<String> of(String name, JsonNode schema, Predicate<String> accepted) {
        var min = schema.path("minLength").asInt(0);
        var max = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        var usual = Optional.ofNullable(BY_FORMAT.get(schema.path("format").asText()))
                .orElseGet(() -> words(name, min, max));
        if (!schema.has("pattern")) {
            return Optional.of(usual);
        }
        var pattern = schema.path("pattern").asText();
        return Optional.of(usual)
                .filter(text -> PatternExample.fits(text, pattern, min, max))
                .filter(accepted)
                .or(() -> PatternExample.of(pattern, min, max, accepted));
    }

    private static String words(String name, int min, int max) {
        var words = BY_NAME.getOrDefault(name, name.isEmpty() ? "text" : name);
        while (words.length() < min) {
            words += " " + words;
        }
        return words.length() > max ? words.substring(0, max) : words;
    }
}
