package dev.skelly.features.notifications;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.event.Audience;
import dev.skelly.event.EventType;
import dev.skelly.feature.EventDelivery;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of which people are notified.
 *
 * @param channels who may see it, as in the log
 * @param data its fields
 */
record NoticeCause(EventDelivery event, EventType type, List<String> channels, JsonNode data) {

    /** Copies the channels. */
    NoticeCause {
        channels = List.copyOf(channels);
    }

    /** Returns the person whom the event is about; without one, the account that caused it. */
    @Nullable
    UUID about() {
        return Audience.person(event.subject(), channels).map(Audience::account).orElse(event.actor());
    }
}
