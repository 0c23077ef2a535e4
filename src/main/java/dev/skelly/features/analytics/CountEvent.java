package dev.skelly.features.analytics;

import dev.skelly.feature.Command;
import java.time.LocalDate;

/**
 * Counts an event.
 *
 * @param type its stored name
 * @param day when it happened, in UTC
 * @param slot the row of the day to increase, 0 to {@link #SLOTS} exclusive
 */
record CountEvent(String type, LocalDate day, int slot) implements Command<Void> {

    /** The number of rows over which a day's count of one type is spread. */
    static final int SLOTS = 8;
}
