package dev.skelly.apidocs;

import dev.skelly.cloudevents.CloudEventAttributes;
import dev.skelly.cloudevents.CloudEventProperties;
import dev.skelly.event.EventType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Generates the messages of event types for the AsyncAPI document, with the schemas they share. */
final class MessageObjects {

    private static final String UUID = "uuid";

    private MessageObjects() {}

    static Map<String, Object> components(ApiModel surface) {
        var messages = new LinkedHashMap<String, Object>();
        var schemas = new LinkedHashMap<String, Object>();
        schemas.put("CloudEvent", cloudEvent());
        schemas.put("MessageHeaders", headers());
        for (var type : surface.types()) {
            var key = AsyncApi.word(type.name());
            schemas.put(key, visible(type));
            messages.put(key, frame(type, key));
            messages.put(key + "-message", message(type, key));
        }
        ControlMessages.addTo(messages);
        var components = new LinkedHashMap<String, Object>();
        components.put("messages", messages);
        components.put("schemas", schemas);
        return components;
    }

    /** Returns the schema of the data for any reader: fields that are hidden from some are not required. */
    static Map<String, Object> visible(EventType type) {
        var schema = new LinkedHashMap<String, Object>(type.schema());
        var sometimes = new ArrayList<>(type.views().shownTo().keySet());
        sometimes.addAll(type.sensitive());
        if (!sometimes.isEmpty() && type.schema().get("required") instanceof List<?> required) {
            schema.put(
                    "required",
                    required.stream()
                            .filter(field -> !sometimes.contains(String.valueOf(field)))
                            .toList());
        }
        return schema;
    }

    private static Map<String, Object> frame(EventType type, String key) {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("type", Map.of("const", type.name()));
        properties.put("source", Map.of("const", type.source()));
        properties.put("data", schema(key));
        var payload = new LinkedHashMap<String, Object>();
        payload.put("allOf", List.of(schema("CloudEvent"), Map.of("type", "object", "properties", properties)));
        return message(type, CloudEventAttributes.STRUCTURED, payload);
    }

    private static Map<String, Object> message(EventType type, String key) {
        var message = message(type, CloudEventAttributes.JSON, schema(key));
        message.put("headers", schema("MessageHeaders"));
        return message;
    }

    private static Map<String, Object> message(EventType type, String contentType, Map<String, Object> payload) {
        var message = new LinkedHashMap<String, Object>();
        message.put("name", type.name());
        message.put("title", type.name());
        message.put("summary", type.meaning());
        message.put("contentType", contentType);
        message.put("payload", payload);
        return message;
    }

    private static Map<String, Object> schema(String name) {
        return AsyncApi.reference("#/components/schemas/" + name);
    }

    private static Map<String, Object> cloudEvent() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("specversion", Map.of("const", CloudEventAttributes.VERSION));
        properties.put("id", text(UUID));
        properties.put("source", text(""));
        properties.put("type", text(""));
        properties.put("subject", text(""));
        properties.put("time", text("date-time"));
        properties.put("datacontenttype", Map.of("const", CloudEventAttributes.JSON));
        properties.put("correlationid", text(UUID));
        properties.put("causationid", text(UUID));
        properties.put("traceparent", text(""));
        properties.put("subjectversion", Map.of("type", "integer", "minimum", 1));
        properties.put("topics", text(""));
        properties.put("data", Map.of("type", "object"));
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("description", "CloudEvents 1.0 in JSON.");
        schema.put("properties", properties);
        schema.put("required", List.of("specversion", "id", "source", "type", "subject", "time", "data"));
        return schema;
    }

    private static Map<String, Object> headers() {
        var properties = new LinkedHashMap<String, Object>();
        for (var name : List.of("specversion", "id", "type", "source", "subject", "time", "position")) {
            properties.put(CloudEventProperties.PREFIX + name, text(""));
        }
        for (var name : List.of("subjectversion", "correlationid", "causationid", "actor", "traceparent")) {
            properties.put(CloudEventProperties.PREFIX + name, text(""));
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("description", "Application properties. Position and subject version are sent as text.");
        schema.put("properties", properties);
        schema.put(
                "required",
                Stream.of("specversion", "id", "type", "source")
                        .map(CloudEventProperties.PREFIX::concat)
                        .toList());
        return schema;
    }

    private static Map<String, Object> text(String format) {
        return format.isEmpty() ? Map.of("type", "string") : Map.of("type", "string", "format", format);
    }
}
