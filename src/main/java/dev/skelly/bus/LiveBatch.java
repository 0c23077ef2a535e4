package dev.skelly.bus;

import dev.skelly.event.StoredEvent;
import java.util.List;

/**
 * Sequenced events, selected for one node. A reader whose head is not {@code from}, or whose interest has another version by now, reads the
 * range from the log instead.
 *
 * @param from the head before this batch
 * @param to the head after it
 * @param interest version of the interest by which the events were selected
 * @param events those of {@code (from, to]} that are in a bucket of interest, or that a request of a person wrote whose bucket is one,
 *     ascending
 */
public record LiveBatch(long from, long to, long interest, List<StoredEvent> events) {}
