package dev.skelly.features.events;

import dev.skelly.feature.Query;
import java.util.List;

/**
 * Finds which of some events have no position yet, and the newest event.
 *
 * @param seqs of the events
 */
record FindUnsequenced(List<Long> seqs) implements Query<FindUnsequenced.UnsequencedEvents> {

    /**
     * What is visible in the log.
     *
     * @param unsequenced some of the events that were asked about
     * @param newest {@code seq} of the newest event; 0 in an empty log
     */
    record UnsequencedEvents(List<Long> unsequenced, long newest) {}
}
