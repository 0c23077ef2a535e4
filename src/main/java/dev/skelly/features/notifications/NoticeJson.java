package dev.skelly.features.notifications;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.Json;

/** Reads and writes the JSON of this feature. */
final class NoticeJson {

    private static final JsonMapper MAPPER = Json.mapper();

    private NoticeJson() {}

    /**
     * Reads JSON that was written before.
     *
     * @throws IllegalStateException when it is not JSON
     */
    static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored text is not JSON", e);
        }
    }

    /** Writes a record. */
    static String write(Object value) {
        return MAPPER.valueToTree(value).toString();
    }
}
