package dev.skelly.features.transfer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a line says of an event, already held against its type.
 *
 * @param type present name
 * @param channels who may see it
 * @param data JSON text of an object
 */
record ImportedEvent(
        UUID id,
        String type,
        String subject,
        List<String> channels,
        String data,
        Instant time,
        @Nullable UUID actor,
        UUID correlation,
        @Nullable UUID causation,
        @Nullable String traceparent) {

    /** Keeps its own copy of the channels. */
    ImportedEvent {
        channels = List.copyOf(channels);
    }
}
