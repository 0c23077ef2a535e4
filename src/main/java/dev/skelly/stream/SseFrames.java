package dev.skelly.stream;

import dev.skelly.cloudevents.CloudEventForm;
import dev.skelly.cloudevents.CloudEventJson;
import dev.skelly.event.StoredEvent;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * Encodes the frames of an event stream (WHATWG HTML, section 9.2).
 *
 * <p>No field's value can start another field: only CR, LF and NUL have a special meaning there, and none of them is written.
 */
final class SseFrames {

    /** A comment line: it dispatches no event and keeps the connection from being silent. */
    static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");

    private static final String CONTROL_PREFIX = "skelly.";

    private SseFrames() {}

    /**
     * Encodes one event.
     *
     * @param cursor after this event
     * @param named whether the event's type names the frame; otherwise a browser's {@code onmessage} gets it
     */
    static Buffer event(StoredEvent event, String cursor, boolean named) {
        var text = new StringBuilder(event.data().length() + 512);
        text.append("id: ").append(cursor).append('\n');
        if (named && !event.type().startsWith(CONTROL_PREFIX)) {
            text.append("event: ").append(oneLine(event.type())).append('\n');
        }
        text.append("data: ");
        new CloudEventJson(event, CloudEventForm.READER, text).data(oneLine(event.data()));
        return Buffer.buffer(text.append("\n\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Encodes a control event, without an id.
     *
     * @param json one line
     */
    static String control(String name, String json) {
        return "event: " + CONTROL_PREFIX + name + "\ndata: " + json + "\n\n";
    }

    /** Encodes the last frames of a stream, with the time after which a browser reconnects. */
    static String bye(CloseReason reason, long retryMillis) {
        return "retry: " + retryMillis + "\n"
                + control("bye", "{\"reason\":\"" + reason.word() + "\",\"retryMs\":" + retryMillis + "}");
    }

    /** Encodes a frame that moves a browser's last event id without an event: a frame without data is not dispatched. */
    static String place(String cursor) {
        return "id: " + cursor + "\n\n";
    }

    /* The log returns JSON on one line; between tokens a blank is equivalent to a line break. */
    private static String oneLine(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                return text.replace('\r', ' ').replace('\n', ' ').replace('\0', ' ');
            }
        }
        return text;
    }
}
