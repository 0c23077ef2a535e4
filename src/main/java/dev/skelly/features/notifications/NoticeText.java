package dev.skelly.features.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.OneLine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fills templates with the fields of an event.
 *
 * @param fields the event's data
 * @param hidden the fields that the reader does not see; a text has three dots for each, and a link with one is left out
 */
record NoticeText(JsonNode fields, Set<String> hidden) {

    private static final String HIDDEN = "…";
    private static final int VALUE_CHARS_MAX = 200;

    /** Returns the pieces of a text around the number of events. */
    List<String> pieces(TextTemplate template) {
        return template.pieces(this::shown);
    }

    /** Returns a path with encoded values; null when a value is missing or hidden. */
    @Nullable
    String path(@Nullable TextTemplate template) {
        if (template == null
                || template.slots().stream()
                        .anyMatch(field -> hidden.contains(field)
                                || plain(fields.path(field)).isEmpty())) {
            return null;
        }
        return template.text(field -> URLEncoder.encode(plain(fields.path(field)), StandardCharsets.UTF_8)
                .replace("+", "%20"));
    }

    /** Returns a key, in which hidden fields count, too: it is not shown. */
    String key(TextTemplate template) {
        return template.text(
                field -> fields.path(field).asText(fields.path(field).toString()));
    }

    private String shown(String field) {
        return hidden.contains(field) ? HIDDEN : plain(fields.path(field));
    }

    private static String plain(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        var text = value.isArray()
                ? value.valueStream().map(NoticeText::plain).collect(Collectors.joining(", "))
                : value.isObject() ? value.toString() : Objects.requireNonNull(value.asText());
        return cut(OneLine.unbroken(text), VALUE_CHARS_MAX);
    }

    /** Cuts a text to a number of characters, the last of which are three dots then. */
    static String cut(String text, int charactersMax) {
        if (text.length() <= charactersMax) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(charactersMax - 2)) ? charactersMax - 2 : charactersMax - 1;
        return text.substring(0, end) + HIDDEN;
    }
}
