package dev.skelly.stream;

import dev.skelly.cloudevents.CloudEventForm;
import dev.skelly.cloudevents.CloudEventJson;
import dev.skelly.event.StoredEvent;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** Encodes events and control frames as JSON objects, for WebSockets and polls. */
final class MessageFrames {

    private MessageFrames() {}

    /** Encodes an event with the cursor after it. */
    static Buffer event(StoredEvent event, String cursor) {
        var text = new StringBuilder(event.data().length() + 512).append("{\"event\":");
        new CloudEventJson(event, CloudEventForm.READER, text).data(event.data());
        text.append(",\"id\":\"").append(cursor).append("\"}");
        return bytes(text);
    }

    /** Encodes an event alone. */
    static Buffer item(StoredEvent event) {
        var text = new StringBuilder(event.data().length() + 512);
        new CloudEventJson(event, CloudEventForm.READER, text).data(event.data());
        return bytes(text);
    }

    private static Buffer bytes(StringBuilder text) {
        return Buffer.buffer(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Encodes a control frame: the fields of {@code json} beside its name.
     *
     * @param json a JSON object
     */
    static String control(String name, String json) {
        var fields = json.substring(1);
        return "{\"control\":\"" + name + "\"" + (fields.equals("}") ? "" : ",") + fields;
    }
}
