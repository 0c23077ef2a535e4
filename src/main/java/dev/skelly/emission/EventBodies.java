package dev.skelly.emission;

import dev.skelly.feature.About;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What may be sent to {@code POST /api/events}, for the API description. */
final class EventBodies {

    private static final Map<String, Object> NAME = Map.of("type", "string", "minLength", 1, "maxLength", 200);
    private static final Map<String, Object> ID = Map.of("type", "string", "format", "uuid", "maxLength", 36);

    private EventBodies() {}

    /** Our own form, and CloudEvents structured and in batches. */
    static About.Body[] all() {
        var event = event();
        Map<String, Object> several = Map.of(
                "type",
                "object",
                "required",
                List.of("items"),
                "additionalProperties",
                false,
                "properties",
                Map.of("items", Map.of("type", "array", "minItems", 1, "items", event)));
        return new About.Body[] {
            new About.Body("application/json", Map.of("oneOf", List.of(event, several))),
            new About.Body(EventForms.STRUCTURED, cloud()),
            new About.Body(EventForms.BATCH, Map.of("type", "array", "minItems", 1, "items", cloud()))
        };
    }

    private static Map<String, Object> event() {
        return Map.of(
                "type",
                "object",
                "required",
                List.of("type"),
                "additionalProperties",
                false,
                "properties",
                Map.of("type", NAME, "data", Map.of("type", "object"), "subject", NAME, "channel", NAME, "id", ID));
    }

    private static Map<String, Object> cloud() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("specversion", Map.of("const", "1.0"));
        properties.put("id", ID);
        List.of("source", "type", "subject", "time").forEach(name -> properties.put(name, NAME));
        properties.put("data", Map.of("type", "object"));
        return Map.of(
                "type", "object", "required", List.of("specversion", "id", "source", "type"), "properties", properties);
    }
}
