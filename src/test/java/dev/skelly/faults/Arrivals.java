package dev.skelly.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What came to {@link ManyStreams}, all together. Written on their thread, read on any. */
final class Arrivals {

    /** The event after which a stream counts as complete. */
    static final String LAST = "ui.crowd-ended";

    private final Map<String, String> cursors = new HashMap<>(); // One text for all who got it; of their thread.
    private final Map<String, Integer> told = new TreeMap<>(); // Guarded by itself, like the next.
    private final List<Duration> absences = new ArrayList<>();
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicInteger complete = new AtomicInteger();
    private final LongAdder events = new LongAdder();

    /** Counts an event. Returns the same text for all who got this cursor. */
    String event(String type, String cursor) {
        events.increment();
        if (type.equals(LAST)) {
            complete.incrementAndGet();
        }
        return cursors.computeIfAbsent(cursor, first -> first);
    }

    /** Live delivery is attached to a stream. */
    void live(RawStream stream) {
        if (stream.ready) {
            return;
        }
        stream.ready = true;
        if (stream.lostAt != 0) {
            synchronized (absences) {
                absences.add(Duration.ofNanos(System.nanoTime() - stream.lostAt));
            }
            stream.lostAt = 0;
        }
        live.incrementAndGet();
    }

    /** The connection of a stream ended. */
    void lost(RawStream stream) {
        if (stream.ready) {
            stream.ready = false;
            live.decrementAndGet();
        }
        stream.lostAt = stream.lostAt == 0 ? System.nanoTime() : stream.lostAt;
    }

    /** Counts a status, or the reason of a gap or bye. */
    void told(String what) {
        synchronized (told) {
            told.merge(what, 1, Integer::sum);
        }
    }

    /** How many streams are live now. */
    int live() {
        return live.get();
    }

    /** How many streams have got {@link #LAST}. */
    int complete() {
        return complete.get();
    }

    /** Events that came, of all streams. */
    long events() {
        return events.sum();
    }

    /** How often each status and each reason came. */
    Map<String, Integer> told() {
        synchronized (told) {
            return Map.copyOf(told);
        }
    }

    /** How long each was away each time, from the end of a connection until live delivery was attached again. */
    List<Duration> absences() {
        synchronized (absences) {
            return List.copyOf(absences);
        }
    }

    /** Forgets the answers and absences so far. */
    void forget() {
        synchronized (absences) {
            absences.clear();
        }
        synchronized (told) {
            told.clear();
        }
    }
}
