package dev.skelly.features.notifications;

import dev.skelly.feature.Query;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the channels of events, which a delivery does not carry. */
record ReadChannels(List<UUID> events) implements Query<ReadChannels.KnownChannels> {

    /** Copies the list. */
    ReadChannels {
        events = List.copyOf(events);
    }

    /** The channels of each event that is in the log. */
    record KnownChannels(Map<UUID, List<String>> byEvent) {}
}
