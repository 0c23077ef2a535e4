package dev.skelly.stream;

import io.vertx.core.Context;
import java.util.UUID;
import java.util.function.Predicate;

/** Writes events and reports to the sessions of a hub. Confined to the hub's context. */
final class SessionWriter {

    private final Context context;
    private final StreamMetrics meters;
    private final StreamHub hub;

    SessionWriter(Context context, StreamMetrics meters, StreamHub hub) {
        this.context = context;
        this.meters = meters;
        this.hub = hub;
    }

    /** Writes a batch to a session, unless it is empty, and then which requests of its reader have passed. */
    void write(StreamSession session, FrameBatch bundle) {
        if (bundle.frames() > 0) {
            session.events(bundle, hub.millis());
            meters.delivered(bundle.frames());
        }
        var passed = session.passed;
        if (passed != null) {
            session.passed = null;
            passed.forEach(request -> reportPassed(session, request));
        }
        endIfOver(session);
    }

    private void reportPassed(StreamSession session, UUID request) {
        session.control("passed", "{\"correlation\":\"" + request + "\"}", hub.millis());
    }

    /** Reports a gap to a session. */
    void gap(StreamSession session, GapReason reason) {
        meters.gap(session.out().transport(), reason);
        session.control("gap", "{\"reason\":\"" + reason.word() + "\"}", hub.millis());
    }

    /** Says that a session is live. */
    void ready(StreamSession session, String cursor) {
        session.ready(cursor, hub.millis());
        endIfOver(session);
    }

    /** Writes a message that is not in the log to the live readers of a channel. A reader whose socket is full misses it. */
    void live(ChannelIndex.Members readers, LiveMessage.LiveFrame frame, Predicate<StreamSession> may) {
        for (var i = readers.size() - 1; i >= 0; i--) {
            var session = readers.get(i);
            if (session.live && !session.full() && may.test(session)) {
                hub.guard(session, () -> session.live(frame, hub.millis()));
                endIfOver(session);
            }
        }
    }

    /* The response to a poll ends in a later turn, when the session's cursor is behind all that was written. */
    private void endIfOver(StreamSession session) {
        if (session.out().endsWithNews()) {
            context.runOnContext(turn -> hub.bye(session, CloseReason.MAX_AGE, 0));
        }
    }
}
