package dev.skelly.stream;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A message to the readers of a channel that is not in the log: who misses it gets it never again.
 *
 * @param channel whose live readers get it
 * @param kind {@code signal} or {@code presence}, or the type of an event, which has a dot
 * @param json a JSON object on one line
 */
record LiveMessage(String channel, String kind, String json) {

    /**
     * The forms of one message, each shared by all sessions.
     *
     * @param named as Server-Sent Event that has a name
     * @param unnamed the same for streams that asked for events without names
     * @param type the type of an event; null for signals and presence
     */
    record LiveFrame(
            String kind,
            String json,
            Buffer named,
            Buffer unnamed,
            String message,
            @Nullable String type) {

        /** Returns the form for a stream of Server-Sent Events. */
        Buffer event(FrameFormat format) {
            return format == FrameFormat.UNNAMED ? unnamed : named;
        }

        /** Returns whether a session takes it: an event that is not in the log must be named by the stream's types, or by its ticket's. */
        boolean isFor(StreamSession session) {
            var asked = session.subscription().types();
            var allowed = session.reader().caller().types();
            return type == null
                    || (asked.matches(type) && allowed.matches(type) && (asked.names(type) || allowed.names(type)));
        }
    }

    LiveFrame frame() {
        return kind.contains(".") ? eventFrame() : messageFrame();
    }

    private LiveFrame eventFrame() {
        var data = "data: " + json + "\n\n";
        return new LiveFrame(
                "event",
                json,
                Buffer.buffer("event: " + kind + "\n" + data),
                Buffer.buffer(data),
                "{\"event\":" + json + "}",
                kind);
    }

    private LiveFrame messageFrame() {
        var frame = Buffer.buffer(SseFrames.control(kind, json));
        return new LiveFrame(kind, json, frame, frame, "{\"" + kind + "\":" + json + "}", null);
    }
}
