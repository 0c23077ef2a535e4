package dev.skelly.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** What a silent stream gets. One object serves all sessions until the head moves. */
final class Heartbeat {

    /** Shows that the connection is alive and moves nothing. */
    static final Heartbeat STILL = new Heartbeat(null, SseFrames.HEARTBEAT);

    private final @Nullable String place;
    private final Buffer frame;
    private final byte[] chunk;

    private Heartbeat(@Nullable String place, Buffer frame) {
        this.place = place;
        this.frame = frame;
        this.chunk = FrameBatch.chunk(frame.getBytes());
    }

    /** Also moves the cursor of a reader without events, because a cursor that is too old cannot be resumed. */
    static Heartbeat at(String place) {
        return new Heartbeat(place, Buffer.buffer(":\n" + SseFrames.place(place)));
    }

    /** Returns the cursor of readers that are at the head; null when the reader's cursor does not move. */
    @Nullable
    String place() {
        return place;
    }

    /** Returns the same for an event stream. */
    Buffer frame() {
        return frame;
    }

    /** Returns the same as a chunk of an HTTP/1.1 response. */
    ByteBuf chunk() {
        return Unpooled.wrappedBuffer(chunk);
    }
}
