package dev.skelly.eventlog;

import dev.skelly.event.CommandContext;
import dev.skelly.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event to append with others, already validated by the caller.
 *
 * @param id of the event
 * @param digest of its content when a client chose the id and may repeat it; null when the id is certainly new
 * @param type its type
 * @param subject whom or what it happens to
 * @param channels who may see it
 * @param data JSON text of an object
 * @param cause its context
 * @param time when it happens
 */
public record NewEvent(
        UUID id,
        @Nullable String digest,
        EventType type,
        String subject,
        List<String> channels,
        String data,
        CommandContext cause,
        Instant time) {

    /** Copies the channels. */
    public NewEvent {
        channels = List.copyOf(channels);
    }
}
