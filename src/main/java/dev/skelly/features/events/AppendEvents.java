package dev.skelly.features.events;

import dev.skelly.eventlog.AppendResult;
import dev.skelly.feature.Command;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appends validated events in one transaction.
 *
 * @param events without duplicate ids
 */
record AppendEvents(List<ValidatedEvent> events) implements Command<AppendEvents.AppendedEvents> {

    /**
     * The result for one event.
     *
     * @param position cursor of the event with this id
     * @param fate null when the appending node does not know this version of the type
     */
    record Appended(UUID id, String position, AppendResult.@Nullable Fate fate) {}

    /** One result per event, in their order. */
    record AppendedEvents(List<Appended> events) {}
}
