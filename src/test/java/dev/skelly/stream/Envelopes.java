package dev.skelly.stream;

import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.view.PresentedEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Events that only exist in memory. */
final class Envelopes {

    static final CursorCodec CURSORS = new CursorCodec(7, new byte[16]);

    private Envelopes() {}

    static StoredEvent of(long position, String type, String data, String... channels) {
        return new StoredEvent(
                position,
                new UUID(1, position),
                type,
                1,
                "/skelly/lamps",
                "lamp:1",
                position,
                null,
                new UUID(2, position),
                null,
                Instant.EPOCH,
                List.of(channels),
                data,
                null);
    }

    static EncodedEvent entry(long position, String... channels) {
        var event = of(position, "lamp.lit", "{}", channels);
        return new EncodedEvent(event, new PresentedEvent(event, null, null), CURSORS);
    }
}
