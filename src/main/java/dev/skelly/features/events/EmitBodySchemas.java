package dev.skelly.features.events;

import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.ApiDescription;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What may be sent to {@code POST /api/events}, for the API description. */
final class EmitBodySchemas {

    private static final Map<String, Object> NAME = Map.of("type", "string", "minLength", 1, "maxLength", 200);
    private static final Map<String, Object> OBJECT = Map.of("type", "object");
    private static final Map<String, Object> ID = Map.of("type", "string", "format", "uuid", "maxLength", 36);

    private EmitBodySchemas() {}

    /** Our own form, with each type that can be emitted, and CloudEvents structured and in batches. */
    static ApiDescription.Body[] all(EventTypeRegistry catalogue) {
        var types = catalogue.types().stream()
                .filter(type -> type.emission() != null)
                .sorted(Comparator.comparing(EventType::name))
                .toList();
        var event = event(type(types), OBJECT, List.of("type"));
        Map<String, Object> one = types.isEmpty()
                ? event
                : Map.of("oneOf", types.stream().map(EmitBodySchemas::event).toList());
        Map<String, Object> several = Map.of(
                "type",
                "object",
                "required",
                List.of("items"),
                "additionalProperties",
                false,
                "properties",
                Map.of("items", Map.of("type", "array", "minItems", 1, "items", event)));
        return new ApiDescription.Body[] {
            new ApiDescription.Body("application/json", Map.of("oneOf", List.of(one, several))),
            new ApiDescription.Body(CloudEventParser.STRUCTURED, cloud(type(types))),
            new ApiDescription.Body(
                    CloudEventParser.BATCH, Map.of("type", "array", "minItems", 1, "items", cloud(type(types))))
        };
    }

    private static Map<String, Object> type(List<EventType> types) {
        return types.isEmpty()
                ? NAME
                : Map.of("enum", types.stream().map(EventType::name).toList());
    }

    private static Map<String, Object> event(EventType type) {
        var required = type.schema().containsKey("required") ? List.of("type", "data") : List.of("type");
        var event = new LinkedHashMap<>(event(Map.of("const", type.name()), type.schema(), required));
        event.put("title", type.name());
        event.put("description", type.meaning());
        return event;
    }

    private static Map<String, Object> event(
            Map<String, Object> type, Map<String, Object> data, List<String> required) {
        return Map.of(
                "type",
                "object",
                "required",
                required,
                "additionalProperties",
                false,
                "properties",
                Map.of("type", type, "data", data, "subject", NAME, "channel", NAME, "id", ID));
    }

    private static Map<String, Object> cloud(Map<String, Object> type) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("specversion", Map.of("const", "1.0"));
        properties.put("id", ID);
        List.of("source", "subject", "time").forEach(name -> properties.put(name, NAME));
        properties.put("type", type);
        properties.put("data", OBJECT);
        return Map.of(
                "type", "object", "required", List.of("specversion", "id", "source", "type"), "properties", properties);
    }
}
