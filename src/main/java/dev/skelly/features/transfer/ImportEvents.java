package dev.skelly.features.transfer;

import dev.skelly.feature.Command;
import java.util.List;

/**
 * Appends those of the events that are not in the log.
 *
 * @param events without duplicate ids
 */
record ImportEvents(List<ImportedEvent> events) implements Command<ImportEvents.ImportedEvents> {

    /** The result for an event. */
    enum ImportFate {
        /** It was appended. */
        APPENDED,
        /** It was in the log already. */
        REPEATED,
        /** The log contains an event with its id and other content. */
        CLASHING
    }

    /** One result per event, in their order. */
    record ImportedEvents(List<ImportFate> fates) {}
}
