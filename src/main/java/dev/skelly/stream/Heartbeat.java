package dev.skelly.stream;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What a silent stream gets. One object serves all sessions until the head moves.
 *
 * @param place the cursor of readers that are at the head; null when the reader's cursor does not move
 * @param frame the same for an event stream
 */
record Heartbeat(@Nullable String place, Buffer frame) {

    /** Shows that the connection is alive and moves nothing. */
    static final Heartbeat STILL = new Heartbeat(null, SseFrames.HEARTBEAT);

    /** Also moves the cursor of a reader without events, because a cursor that is too old cannot be resumed. */
    static Heartbeat at(String place) {
        return new Heartbeat(place, Buffer.buffer(":\n" + SseFrames.place(place)));
    }
}
