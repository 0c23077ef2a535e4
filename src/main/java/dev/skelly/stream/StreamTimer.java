package dev.skelly.stream;

import io.vertx.core.Context;
import java.time.Duration;

/**
 * Runs the one timer of a hub: heartbeats after silence, the maximum age of streams, sockets that accept no data, reads to be repeated.
 * Confined to the hub's context.
 */
final class StreamTimer {

    private static final long TICK_MILLIS_MAX = 1_000;

    private final Context context;
    private final StreamHub registry;
    private final long heartbeatMillis;
    private final long slowMillis;
    private final long tickMillis;
    private final long origin = System.nanoTime();
    private long timer = -1;
    private long headOfBeat = EventRingBuffer.UNKNOWN;
    private Heartbeat beatAtHead = Heartbeat.STILL; // The same for all sessions until the head moves.

    StreamTimer(Context context, StreamConfig config, StreamHub registry) {
        this.context = context;
        this.registry = registry;
        this.heartbeatMillis = config.heartbeat().toMillis();
        this.slowMillis = config.slowMax().toMillis();
        this.tickMillis = Math.max(10, Math.min(TICK_MILLIS_MAX, Math.min(heartbeatMillis, slowMillis) / 5));
    }

    void start() {
        timer = context.owner().setPeriodic(tickMillis, id -> beat());
    }

    void stop() {
        context.owner().cancelTimer(timer);
    }

    /** Called when the cursor of a head may be another one than before. */
    void restart() {
        headOfBeat = EventRingBuffer.UNKNOWN;
    }

    /** Returns the milliseconds since the hub started, from 1. */
    long millis() {
        return 1 + Duration.ofNanos(System.nanoTime() - origin).toMillis();
    }

    private void beat() {
        var now = millis();
        registry.forEach(session -> registry.guard(session, () -> look(session, now)));
        registry.tidy();
    }

    private void look(StreamSession session, long now) {
        var reader = session.reader();
        if (now >= reader.end().at()) {
            registry.bye(session, reader.end().reason(), 0);
        } else if (session.stuckSince != 0 && now - session.stuckSince > slowMillis) {
            registry.bye(session, CloseReason.SLOW, 0);
        } else if (session.out().silent()) {
            registry.bye(session, CloseReason.SILENT, 0);
        } else if (session.readAgainAt != 0 && now >= session.readAgainAt) {
            session.readAgainAt = 0;
            registry.advance(session);
        } else if (now - session.lastWrite >= silence(session) && !session.full()) {
            session.beat(heartbeat(session), now);
        }
    }

    /* Streams that were silent since the same event do not all send a heartbeat in the same tick. */
    private long silence(StreamSession session) {
        var spread = Math.floorMod(session.hashCode(), 4) * heartbeatMillis / 16;
        return heartbeatMillis - tickMillis - spread;
    }

    private Heartbeat heartbeat(StreamSession session) {
        var head = registry.head();
        if (!session.live || session.cursor > head) {
            return Heartbeat.STILL;
        }
        if (headOfBeat != head) {
            headOfBeat = head;
            beatAtHead = Heartbeat.at(registry.cursors().position(head));
        }
        return beatAtHead;
    }
}
