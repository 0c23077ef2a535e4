package dev.skelly.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Delivers updates to the live sessions of a hub, with one write per session and turn. Confined to the hub's context. */
final class LiveDelivery {

    private static final int TURN_BYTES_MAX = 256 * 1024; // Above this size a session continues at its socket's pace.

    private final EventRingBuffer ring;
    private final ChannelIndex sessions;
    private final EventDecryptor unsealing;
    private final StreamHub registry;
    private final List<StreamSession> touched = new ArrayList<>();
    private final Map<StreamSession, RuntimeException> broken = new LinkedHashMap<>();

    LiveDelivery(EventRingBuffer ring, ChannelIndex sessions, EventDecryptor unsealing, StreamHub registry) {
        this.ring = ring;
        this.sessions = sessions;
        this.unsealing = unsealing;
        this.registry = registry;
    }

    /** Appends the entries to the ring buffer and delivers them to every live session that wants them. */
    void deliver(FeedUpdate news) {
        var before = ring.head();
        ring.append(news.entries(), news.head());
        var turn = FrameBatch.empty();
        for (var entry : news.entries()) {
            for (var channel : entry.event().channels()) {
                offer(entry, sessions.reading(channel), turn);
            }
            if (entry.event().byRequest()) {
                pass(entry, sessions.of(entry.event().actor()), turn);
            }
        }
        touched.forEach(session -> registry.guard(session, () -> flush(session, before)));
        touched.clear();
        sessions.kinds().forget();
        turn.release();
        broken.forEach(registry::fail);
        broken.clear();
    }

    private void offer(EncodedEvent entry, ChannelIndex.@Nullable Members readers, FrameBatch empty) {
        for (var i = 0; readers != null && i < readers.size(); i++) {
            var session = readers.get(i);
            try {
                if (session.live && session.heldAt == StreamSession.NOT_HELD && !isBroken(session)) {
                    offer(entry, session, empty);
                }
            } catch (RuntimeException e) {
                broken.put(session, e);
            }
        }
    }

    private boolean isBroken(StreamSession session) {
        return !broken.isEmpty() && broken.containsKey(session);
    }

    /* A held session reports the request when it has caught up with the event. */
    private void pass(EncodedEvent entry, ChannelIndex.@Nullable Members own, FrameBatch empty) {
        for (var i = 0; own != null && i < own.size(); i++) {
            var session = own.get(i);
            if (session.live && session.heldAt == StreamSession.NOT_HELD) {
                session.turn = turn(session, empty);
                session.notePassed(entry);
            }
        }
    }

    private void offer(EncodedEvent entry, StreamSession session, FrameBatch empty) {
        var kind = session.kind;
        if (kind == null || entry.sealed() || session.isAbout(entry) || !session.ofKind(entry)) {
            offerAlone(entry, session, empty);
        } else if (session.offer(entry.position())) {
            var frame = kind.frame(entry, session);
            if (frame != null) {
                session.turn = turn(session, empty).then(frame);
            }
        }
    }

    private FrameBatch turn(StreamSession session, FrameBatch empty) {
        if (session.turn == null) {
            touched.add(session);
            return empty;
        }
        return session.turn;
    }

    private void offerAlone(EncodedEvent entry, StreamSession session, FrameBatch empty) {
        var form = unsealing.form(session, entry);
        if (form == null) {
            session.turn = turn(session, empty);
            session.heldAt = entry.position() - 1;
        } else if (session.wants(form)) {
            session.turn = turn(session, empty).then(session.frame(form));
        }
    }

    /* A session that waits for a key gets the rest like one that is behind: in order, while all others continue. */
    private void flush(StreamSession session, long before) {
        var turn = session.turn;
        var held = session.heldAt;
        session.turn = null;
        session.heldAt = StreamSession.NOT_HELD;
        if (turn == null || session.gone()) {
            return;
        }
        if (turn.bytes() > TURN_BYTES_MAX) {
            session.passed = null;
            registry.fallBehind(session, before);
            return;
        }
        registry.writer().write(session, turn);
        if (held != StreamSession.NOT_HELD) {
            registry.fallBehind(session, held);
        } else if (session.full()) {
            registry.fallBehind(session, ring.head());
        }
    }
}
