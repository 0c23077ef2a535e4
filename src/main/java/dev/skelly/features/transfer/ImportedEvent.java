package dev.skelly.features.transfer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An imported event that was validated against its type, or that an own export proves.
 *
 * @param type current name; the stored one if the type is not declared
 * @param channels its audience
 * @param data JSON text of an object
 * @param own what its proof makes true of its type; null for an event of today's type
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
        @Nullable String traceparent,
        @Nullable OwnExport own) {

    /** Copies the channels. */
    ImportedEvent {
        channels = List.copyOf(channels);
    }

    /** Returns this event with what its proof makes true of its type. */
    ImportedEvent proved(OwnExport export) {
        return new ImportedEvent(
                id, type, subject, channels, data, time, actor, correlation, causation, traceparent, export);
    }
}
