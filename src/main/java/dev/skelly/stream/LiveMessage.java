package dev.skelly.stream;

import io.vertx.core.buffer.Buffer;

/**
 * A message to the readers of a channel that is not in the log: who misses it gets it never again.
 *
 * @param channel whose live readers get it
 * @param kind {@code signal} or {@code presence}
 * @param json a JSON object on one line
 */
record LiveMessage(String channel, String kind, String json) {

    /** The forms of one message, each shared by all sessions. */
    record LiveFrame(String kind, String json, Buffer event, String message) {}

    LiveFrame frame() {
        return new LiveFrame(
                kind, json, Buffer.buffer(SseFrames.control(kind, json)), "{\"" + kind + "\":" + json + "}");
    }
}
