package dev.skelly.features.analytics;

import dev.skelly.feature.Command;
import java.time.LocalDate;

/**
 * Count one more event.
 *
 * @param type its stored name
 * @param day when it happened, in UTC
 * @param slot which of the day's rows takes it, 0 to {@link #SLOTS} exclusive
 */
record CountEvent(String type, LocalDate day, int slot) implements Command<Void> {

    /** Rows that one day's count of one type is spread over. */
    static final int SLOTS = 8;
}
