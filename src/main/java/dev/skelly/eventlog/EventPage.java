package dev.skelly.eventlog;

import dev.skelly.event.StoredEvent;
import java.util.List;

/**
 * A stretch of the log as one reader may see it.
 *
 * @param events ascending by position
 * @param upTo everything up to here was looked at: read on from here
 * @param head the newest position when this was read
 */
public record EventPage(List<StoredEvent> events, long upTo, long head) {

    /** Whether there was nothing beyond this page when it was read. */
    public boolean last() {
        return upTo >= head;
    }
}
