package dev.skelly.features.transfer;

import dev.skelly.feature.Command;
import java.util.List;

/**
 * Append those of the events that are not in the log.
 *
 * @param events no id twice
 */
record ImportEvents(List<ImportedEvent> events) implements Command<ImportEvents.ImportedEvents> {

    /** What became of an event. */
    enum ImportFate {
        /** It is in the log now. */
        APPENDED,
        /** It was there. */
        REPEATED,
        /** One with its id and other content was there. */
        CLASHING
    }

    /** One fate for each event, in their order. */
    record ImportedEvents(List<ImportFate> fates) {}
}
