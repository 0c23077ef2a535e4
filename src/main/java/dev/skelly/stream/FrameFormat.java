package dev.skelly.stream;

import dev.skelly.event.StoredEvent;
import io.vertx.core.buffer.Buffer;

/** The forms in which a session gets events. Sessions of one form and view share the bytes of a frame. */
enum FrameFormat {

    /** An event-stream frame that carries the event's type as its name. */
    NAMED {
        @Override
        Buffer encode(StoredEvent event, String cursor) {
            return SseFrames.event(event, cursor, true);
        }
    },

    /** An event-stream frame without a name: a browser's {@code onmessage} gets it. */
    UNNAMED {
        @Override
        Buffer encode(StoredEvent event, String cursor) {
            return SseFrames.event(event, cursor, false);
        }
    },

    /** A WebSocket message. */
    MESSAGE {
        @Override
        Buffer encode(StoredEvent event, String cursor) {
            return MessageFrames.event(event, cursor);
        }
    },

    /** A CloudEvent in the list that a poll returns. */
    ITEM {
        @Override
        Buffer encode(StoredEvent event, String cursor) {
            return MessageFrames.item(event);
        }
    };

    /** Encodes an event; {@code cursor} is the one after it. */
    abstract Buffer encode(StoredEvent event, String cursor);
}
