package dev.skelly.features.events;

import dev.skelly.cloudevents.CloudEventAttributes;
import dev.skelly.event.EventType;
import dev.skelly.event.EventTypeRegistry;
import dev.skelly.feature.ApiDescription;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Describes the request bodies of {@code POST /api/events} for the API documents. */
final class EmitBodySchemas {

    private static final Map<String, Object> NAME = Map.of("type", "string", "minLength", 1, "maxLength", 200);
    private static final Map<String, Object> OBJECT = Map.of("type", "object");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");
    private static final Map<String, Object> ID = Map.of("type", "string", "format", "uuid", "maxLength", 36);

    private EmitBodySchemas() {}

    /** Returns our own form with each type that can be emitted, and CloudEvents structured and in batches. */
    static List<ApiDescription.Body> all(EventTypeRegistry eventTypes) {
        var types = eventTypes.types().stream()
                .filter(type -> type.emission() != null)
                .sorted(Comparator.comparing(EventType::name))
                .toList();
        var any = event(type(types), OBJECT, List.of("type"));
        var one = new LinkedHashMap<String, Object>();
        one.put("title", "Emission");
        if (types.isEmpty()) {
            one.putAll(any);
        } else {
            one.put("oneOf", types.stream().map(type -> event(type, types)).toList());
        }
        var several = object(List.of("items"), Map.of("items", Map.of("type", "array", "minItems", 1, "items", any)));
        several.put("title", "EmissionBatch");
        several.put("additionalProperties", false);
        var cloud = cloud(type(types));
        return List.of(
                new ApiDescription.Body("application/json", Map.of("oneOf", List.of(one, several))),
                new ApiDescription.Body(CloudEventAttributes.STRUCTURED, cloud),
                new ApiDescription.Body(CloudEventAttributes.BATCH, Map.of("type", "array", "items", cloud)));
    }

    private static Map<String, Object> type(List<EventType> types) {
        return types.isEmpty()
                ? NAME
                : Map.of("enum", types.stream().map(EventType::name).toList());
    }

    private static Map<String, Object> event(EventType type, List<EventType> all) {
        var required = type.schema().containsKey("required") ? List.of("type", "data") : List.of("type");
        var event = event(Map.of("const", type.name()), type.schema(), required);
        var title = title(type);
        if (all.stream().map(EmitBodySchemas::title).filter(title::equals).count() == 1) {
            event.put("title", title);
        }
        event.put("description", type.meaning());
        return event;
    }

    /* Returns a name such as UiClickedEmission for ui.clicked. Two types that differ only in punctuation get none. */
    private static String title(EventType type) {
        return WORD.matcher(type.name())
                .results()
                .map(word -> word.group().substring(0, 1).toUpperCase(Locale.ROOT)
                        + word.group().substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("", "", "Emission"));
    }

    private static Map<String, Object> event(
            Map<String, Object> type, Map<String, Object> data, List<String> required) {
        var event = object(required, Map.of("type", type, "data", data, "subject", NAME, "channel", NAME, "id", ID));
        event.put("additionalProperties", false);
        return event;
    }

    private static Map<String, Object> cloud(Map<String, Object> type) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("specversion", Map.of("const", "1.0"));
        properties.put("id", ID);
        List.of("subject", "time").forEach(name -> properties.put(name, NAME));
        properties.put("source", Map.of("type", "string", "minLength", 1, "format", "uri-reference"));
        properties.put("dataschema", Map.of("type", "string", "format", "uri"));
        properties.put("type", type);
        properties.put("data", OBJECT);
        var event = object(List.of("specversion", "id", "source", "type"), properties);
        event.put("title", "EmittedCloudEvent");
        event.put("additionalProperties", true); // Extension attributes.
        return event;
    }

    private static Map<String, Object> object(List<String> required, Map<String, Object> properties) {
        var object = new LinkedHashMap<String, Object>();
        object.put("type", "object");
        object.put("required", required);
        object.put("properties", properties);
        return object;
    }
}
