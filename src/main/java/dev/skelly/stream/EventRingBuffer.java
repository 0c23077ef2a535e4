package dev.skelly.stream;

import java.util.ArrayList;
import java.util.List;

/**
 * Stores the newest events, ascending, bounded by number and by bytes. Holds every appended event with a position in {@code (floor, head]}.
 *
 * <p>Not thread-safe: each hub has its own ring buffer over shared entries.
 */
final class EventRingBuffer {

    /** The head before the log was ever reached. */
    static final long UNKNOWN = -1;

    private final int eventsMax;
    private final long bytesMax;
    private EncodedEvent[] entries; // Circular; the oldest is at first, and there are size of them.
    private int first;
    private int size;
    private long bytes;
    private long floor = UNKNOWN;
    private long head = UNKNOWN;

    EventRingBuffer(int eventsMax, long bytesMax) {
        this.eventsMax = eventsMax;
        this.bytesMax = bytesMax;
        this.entries = new EncodedEvent[Math.min(eventsMax, 64)];
    }

    /** Returns the position up to which everything was appended or dropped. */
    long head() {
        return head;
    }

    /** Returns the position up to which events may be missing. */
    long floor() {
        return floor;
    }

    /** Clears the buffer and restarts after {@code position}. */
    void restart(long position) {
        entries = new EncodedEvent[Math.min(eventsMax, 64)];
        first = 0;
        size = 0;
        bytes = 0;
        floor = position;
        head = position;
    }

    /**
     * Appends the events after the head.
     *
     * @param news ascending, beyond the current head
     * @param to the new head
     */
    void append(List<EncodedEvent> news, long to) {
        for (var entry : news) {
            if (size == eventsMax) {
                dropOldest();
            } else if (size == entries.length) {
                grow();
            }
            entries[(first + size) % entries.length] = entry;
            size++;
            bytes += entry.bytes();
        }
        while (bytes > bytesMax && size > 0) {
            dropOldest();
        }
        head = to;
    }

    private void dropOldest() {
        var oldest = entries[first];
        entries[first] = null;
        first = (first + 1) % entries.length;
        size--;
        bytes -= oldest.bytes();
        floor = oldest.position();
    }

    private void grow() {
        var larger = new EncodedEvent[Math.min(eventsMax, entries.length * 2)];
        for (var i = 0; i < size; i++) {
            larger[i] = at(i);
        }
        entries = larger;
        first = 0;
    }

    private EncodedEvent at(int index) {
        return entries[(first + index) % entries.length];
    }

    /** Returns up to {@code limit} entries after a position; fewer only when there are no more. */
    List<EncodedEvent> after(long position, int limit) {
        var from = indexAfter(position);
        var found = new ArrayList<EncodedEvent>(Math.min(limit, size - from));
        for (var i = from; i < size && found.size() < limit; i++) {
            found.add(at(i));
        }
        return found;
    }

    private int indexAfter(long position) {
        var low = 0;
        var high = size;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (at(middle).position() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
