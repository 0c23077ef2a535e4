package dev.skelly.stream;

import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.Problem;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Brings a session that is not live to the head: from the ring buffer when it holds everything after the session's cursor, otherwise by
 * pages of the log. Never sends more than the socket takes. Confined to the hub's context.
 */
final class CatchUp {

    private static final int PAGE_EVENTS = 300;
    private static final int RING_EVENTS = 1_000;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int ROUNDS_MAX = 8;
    private static final long[] RETRY_MILLIS = {500, 1_000, 2_000, 5_000};

    private final Context context;
    private final EventRingBuffer ring;
    private final BucketCoverage coverage;
    private final LogSource log;
    private final EventDecryptor unsealing;
    private final CatchUpLimiter slots;
    private final int behindEventsMax;
    private final StreamHub registry;

    CatchUp(
            Context context,
            EventRingBuffer ring,
            BucketCoverage coverage,
            LogSource log,
            EventDecryptor unsealing,
            CatchUpLimiter slots,
            int behindEventsMax,
            StreamHub registry) {
        this.context = context;
        this.ring = ring;
        this.coverage = coverage;
        this.log = log;
        this.unsealing = unsealing;
        this.slots = slots;
        this.behindEventsMax = behindEventsMax;
        this.registry = registry;
    }

    /**
     * Sends the session its missing events as far as its socket takes them; continues by itself when the socket drains or a page arrives.
     */
    void advance(StreamSession session) {
        for (var round = 0; round < ROUNDS_MAX; round++) {
            if (!ready(session) || !step(session)) {
                return;
            }
        }
        context.runOnContext(turn -> advance(session));
    }

    private boolean ready(StreamSession session) {
        if (session.gone() || session.live || session.reading || session.readAgainAt != 0) {
            return false;
        }
        if (ring.head() == EventRingBuffer.UNKNOWN || since(session) == BucketCoverage.NOT_YET) {
            return false; // The feed's reply calls this again.
        }
        if (registry.holdsBack()) {
            return false; // The hub's timer calls this again.
        }
        if (session.full()) {
            registry.stuck(session);
            // In a turn of its own, because the socket may drain within a write.
            session.out()
                    .onDrain(() -> context.runOnContext(turn -> {
                        session.stuckSince = 0;
                        advance(session);
                    }));
            return false;
        }
        return true;
    }

    private long since(StreamSession session) {
        return coverage.since(session.followed());
    }

    /* Returns whether there is more to do at once. */
    private boolean step(StreamSession session) {
        var complete = Math.max(ring.floor(), since(session));
        if (session.cursor == StreamSession.LATEST) {
            session.cursor = Math.max(ring.head(), complete);
        }
        if (session.cursor >= ring.head()) {
            registry.attach(session);
            return false;
        }
        if (ring.head() - Math.max(session.cursor, session.counted) > behindEventsMax) {
            count(session);
            return false;
        }
        if (session.cursor >= complete) {
            giveFromRing(session);
            return true;
        }
        read(session);
        return false;
    }

    private void giveFromRing(StreamSession session) {
        var entries = ring.after(session.cursor, RING_EVENTS);
        give(
                session,
                entries.iterator(),
                entries.size() < RING_EVENTS
                        ? ring.head()
                        : entries.get(entries.size() - 1).position());
    }

    /*
     * Writes one chunk after the other, and after the last moves the cursor to the end of the range. Entries that were not sent are looked
     * up again later.
     */
    private void give(StreamSession session, Iterator<EncodedEvent> entries, long upTo) {
        while (entries.hasNext()) {
            if (session.full()) {
                return;
            }
            var chunk = FrameBatch.empty();
            while (entries.hasNext() && chunk.bytes() < CHUNK_BYTES) {
                var entry = entries.next();
                var sees = session.maySee(entry);
                var form = sees ? unsealing.form(session, entry) : entry;
                if (form == null) {
                    write(session, chunk);
                    open(session, entry, entries, upTo);
                    return;
                }
                if (sees && session.wants(form)) {
                    chunk = chunk.then(session.frame(form));
                }
                session.notePassed(entry);
                session.cursor = Math.max(session.cursor, entry.position());
            }
            write(session, chunk);
        }
        session.cursor = Math.max(session.cursor, upTo);
    }

    private void write(StreamSession session, FrameBatch chunk) {
        try {
            registry.writer().write(session, chunk);
        } finally {
            chunk.release();
        }
    }

    private void open(StreamSession session, EncodedEvent first, Iterator<EncodedEvent> others, long upTo) {
        session.reading = true;
        var from = session.cursor;
        var revision = session.revision;
        var rest = new ArrayList<>(List.of(first));
        others.forEachRemaining(rest::add);
        unsealing
                .open(context, session, rest)
                .onSuccess(opened -> resume(session, from, revision, () -> give(session, opened.iterator(), upTo)))
                .onFailure(failure -> closed(session, failure));
    }

    /* Unreachable keys become reachable again, like the log; any other failure ends the session, like a failure of a filter. */
    private void closed(StreamSession session, Throwable failure) {
        var away = failure instanceof Problem problem && problem.kind() == Problem.Kind.UNAVAILABLE;
        if (away || session.gone()) {
            readLater(session);
        } else {
            registry.fail(session, new IllegalStateException("encrypted fields cannot be decrypted", failure));
        }
    }

    private void read(StreamSession session) {
        session.reading = true;
        var subscription = session.subscription();
        var from = session.cursor;
        var revision = session.revision;
        Supplier<Future<EventPage>> page = () -> session.gone()
                ? Future.failedFuture(new IllegalStateException("the reader has left"))
                : log.page(from, subscription.channels(), subscription.names(), session.person(), PAGE_EVENTS);
        slots.run(context, page)
                .onSuccess(found -> resume(session, from, revision, () -> give(session, entries(found), found.upTo())))
                .onFailure(failure -> readLater(session));
    }

    /* Only what the session reads counts. */
    private void count(StreamSession session) {
        session.reading = true;
        var subscription = session.subscription();
        var from = session.cursor;
        var revision = session.revision;
        var upTo = ring.head();
        Supplier<Future<Long>> count = () -> session.gone()
                ? Future.failedFuture(new IllegalStateException("the reader has left"))
                : log.count(
                        from, subscription.channels(), subscription.names(), session.person(), behindEventsMax + 1L);
        slots.run(context, count)
                .onSuccess(events -> resume(session, from, revision, () -> judge(session, events, upTo)))
                .onFailure(failure -> readLater(session));
    }

    private void judge(StreamSession session, long events, long upTo) {
        if (events > behindEventsMax) {
            registry.gap(session, GapReason.TOO_FAR);
        } else {
            session.counted = upTo;
        }
    }

    private void resume(StreamSession session, long from, int revision, Runnable giving) {
        if (registry.holdsBack()) {
            readLater(session);
            return;
        }
        session.reading = false;
        session.failures = 0;
        registry.guard(session, () -> {
            // Otherwise the session was sent a gap or reads something else by now, and continues from its cursor.
            if (session.cursor == from && session.revision == revision && !session.gone()) {
                giving.run();
            }
            advance(session);
        });
    }

    private Iterator<EncodedEvent> entries(EventPage page) {
        Stream<StoredEvent> events = page.events().stream();
        return events.map(registry.cursors()::entry).iterator();
    }

    /* The hub's timer continues it. */
    private void readLater(StreamSession session) {
        session.reading = false;
        var wait = RETRY_MILLIS[Math.min(session.failures, RETRY_MILLIS.length - 1)];
        session.failures++;
        session.readAgainAt = registry.millis() + wait;
    }
}
