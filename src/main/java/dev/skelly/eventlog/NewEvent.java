package dev.skelly.eventlog;

import dev.skelly.event.CommandContext;
import dev.skelly.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that is to be appended with others, already checked by whoever made it.
 *
 * @param id of the event
 * @param digest of its content, where the id was chosen outside and may come again; null where the id is new for sure
 * @param type what it is
 * @param subject whom it happens to
 * @param channels who may see it
 * @param data JSON text of an object
 * @param cause why
 * @param time when
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

    /** Keeps its own copy of the channels. */
    public NewEvent {
        channels = List.copyOf(channels);
    }
}
