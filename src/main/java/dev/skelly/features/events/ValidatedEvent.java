package dev.skelly.features.events;

import dev.skelly.event.CommandContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that was validated and will be appended.
 *
 * @param digest of its content when the caller chose the id; otherwise null
 * @param type current name
 * @param version of the data
 * @param data JSON text
 * @param time when it was received
 */
record ValidatedEvent(
        UUID id,
        @Nullable String digest,
        String type,
        int version,
        String subject,
        List<String> channels,
        String data,
        CommandContext cause,
        Instant time) {}
