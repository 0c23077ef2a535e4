package dev.skelly.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/** Creates the error messages of violated schema keywords. */
final class ErrorMessages {

    private static final Map<String, String> FORMATS = Map.of(
            "email", "must be an e-mail address",
            "uuid", "must be a UUID",
            "date-time", "must be an RFC 3339 time",
            "date", "must be a day such as 2026-11-23",
            "uri", "must be a URI");

    private ErrorMessages() {}

    /** Returns the keyword in lower case with hyphens: {@code min-length} for {@code minLength}. */
    static String code(String keyword) {
        return keyword.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Returns what the schema of a keyword expects; for a pattern its description, if any. */
    static String detail(String keyword, JsonNode schema) {
        var value = schema.path(keyword);
        return switch (keyword) {
            case "type" -> "must be of type " + list(value);
            case "enum" -> "must be one of " + list(value);
            case "const" -> "must be " + value.asText();
            case "format" -> FORMATS.getOrDefault(value.asText(), "must have the format " + value.asText());
            case "pattern" ->
                schema.has("description")
                        ? "must be " + schema.path("description").asText()
                        : "must match " + value.asText();
            case "minLength" -> "must have at least " + value.asText() + " characters";
            case "maxLength" -> "must have at most " + value.asText() + " characters";
            case "minimum" -> "must be at least " + value.asText();
            case "maximum" -> "must be at most " + value.asText();
            case "minItems" -> "must have at least " + value.asText() + " items";
            case "maxItems" -> "must have at most " + value.asText() + " items";
            case "uniqueItems" -> "must have no item twice";
            case "minProperties" -> "must have at least " + value.asText() + " fields";
            case "maxProperties" -> "must have at most " + value.asText() + " fields";
            default -> "is not as expected";
        };
    }

    private static String list(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        var words = new StringBuilder();
        value.forEach(item -> words.append(words.isEmpty() ? "" : ", ").append(item.asText()));
        return words.toString();
    }
}
