package dev.skelly.features.events;

import dev.skelly.eventlog.AppendResult;
import dev.skelly.feature.Command;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appends checked events in one transaction.
 *
 * @param events no id twice
 */
record AppendEvents(List<ValidatedEvent> events) implements Command<AppendEvents.AppendedEvents> {

    /**
     * What became of one.
     *
     * @param position cursor of the event that has the id
     * @param fate null when the node that appends does not know the type in this version
     */
    record Appended(UUID id, String position, AppendResult.@Nullable Fate fate) {}

    /** One for each event, in their order. */
    record AppendedEvents(List<Appended> events) {}
}
