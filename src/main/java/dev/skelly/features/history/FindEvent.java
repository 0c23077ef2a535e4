package dev.skelly.features.history;

import dev.skelly.event.StoredEvent;
import dev.skelly.feature.Query;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds an event by its id. */
record FindEvent(UUID id) implements Query<FindEvent.FoundEvent> {

    /**
     * The result.
     *
     * @param event null when there is none, or none with a position yet
     */
    record FoundEvent(@Nullable StoredEvent event) {}
}
