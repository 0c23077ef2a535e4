package dev.skelly.apidocs;

import dev.skelly.stream.CloseReason;
import dev.skelly.stream.GapReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes the control messages of a stream. */
final class ControlMessages {

    /** The names of the frames. */
    static final List<String> NAMES = List.of("skelly.hello", "skelly.ready", "skelly.gap", "skelly.bye");

    private static final Map<String, Object> TEXT = Map.of("type", "string");

    private ControlMessages() {}

    static void addTo(Map<String, Object> messages) {
        add(messages, "hello", "The first frame; reports whether the stream was resumed.", hello());
        add(messages, "ready", "Missed events have been sent; live events follow.", object(Map.of("cursor", TEXT)));
        add(messages, "gap", "The cursor cannot be resumed; reload the page's data.", object(Map.of("reason", gap())));
        add(messages, "bye", "The server ends the stream.", bye());
    }

    private static void add(Map<String, Object> messages, String name, String summary, Map<String, Object> payload) {
        var message = new LinkedHashMap<String, Object>();
        message.put("name", "skelly." + name);
        message.put("title", "skelly." + name);
        message.put("summary", summary);
        message.put("contentType", "application/json");
        message.put("payload", payload);
        messages.put("skelly-" + name, message);
    }

    private static Map<String, Object> hello() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("connection", TEXT);
        properties.put("resumed", Map.of("type", "boolean"));
        properties.put("heartbeatSeconds", Map.of("type", "integer"));
        return object(properties);
    }

    private static Map<String, Object> gap() {
        return Map.of("enum", GapReason.words());
    }

    private static Map<String, Object> bye() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("reason", Map.of("enum", CloseReason.words()));
        properties.put("retryMs", Map.of("type", "integer"));
        return object(properties);
    }

    private static Map<String, Object> object(Map<String, Object> properties) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        return schema;
    }
}
