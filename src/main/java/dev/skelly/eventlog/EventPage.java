package dev.skelly.eventlog;

import dev.skelly.event.StoredEvent;
import java.util.List;

/**
 * A page of the log as one reader may see it.
 *
 * @param events ascending by position
 * @param upTo everything up to here was examined; the next page starts here
 * @param head the newest position when this was read
 */
public record EventPage(List<StoredEvent> events, long upTo, long head) {

    /** Returns whether this page reached the end of the log when it was read. */
    public boolean last() {
        return upTo >= head;
    }
}
