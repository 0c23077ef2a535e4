package dev.skelly.features.transfer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An imported event that was validated against its type.
 *
 * @param type current name
 * @param channels its audience
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

    /** Copies the channels. */
    ImportedEvent {
        channels = List.copyOf(channels);
    }
}
