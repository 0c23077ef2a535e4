package dev.skelly.stream;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the feed's updates and sends them to every hub at most once per turn: at once after a pause, and under load in turns somewhat
 * longer than the hubs need to write, because one write for many events costs a stream little more than one write for one. Confined to the
 * feed's context.
 */
final class UpdateBatcher {

    private static final long TURN_NANOS_MIN = Duration.ofMillis(5).toNanos();
    private static final long TURN_NANOS_MAX = Duration.ofMillis(25).toNanos();

    private final List<HubInbox> subscribers = new ArrayList<>();
    private List<EncodedEvent> entries = new ArrayList<>();
    private long head = EventRingBuffer.UNKNOWN;
    private long toldHead = EventRingBuffer.UNKNOWN;
    private boolean scheduled;
    private long lastTurn = System.nanoTime() - TURN_NANOS_MAX;

    /** Adds a hub, which gets the head at once if it is known. */
    void join(HubInbox subscriber) {
        tell();
        subscribers.add(subscriber);
        if (head != EventRingBuffer.UNKNOWN) {
            subscriber.tell(FeedUpdate.restart(FeedUpdate.UpdateKind.SKIPPED, head));
        }
    }

    void leave(HubInbox subscriber) {
        subscribers.remove(subscriber);
    }

    /** Adds a range of the log, from the last head up to a new one. */
    void add(Context context, List<EncodedEvent> more, long to) {
        entries.addAll(more);
        head = to;
        if (!scheduled) {
            scheduled = true;
            schedule(context);
        }
    }

    private void schedule(Context context) {
        var wait = turnNanos() - (System.nanoTime() - lastTurn);
        if (wait <= 0) {
            context.runOnContext(turn -> tell());
        } else {
            context.owner().setTimer(Math.max(1, Duration.ofNanos(wait).toMillis()), timer -> tell());
        }
    }

    /* A quarter longer than the slowest hub took to write the last update. */
    private long turnNanos() {
        var longest = 0L;
        for (var subscriber : subscribers) {
            longest = Math.max(longest, subscriber.lastNanos());
        }
        return Math.max(TURN_NANOS_MIN, Math.min(TURN_NANOS_MAX, longest + longest / 4));
    }

    /** Reports that the log does not continue from the last head. */
    void restart(FeedUpdate.UpdateKind kind, long to) {
        tell();
        head = to;
        toldHead = to;
        var news = FeedUpdate.restart(kind, to);
        subscribers.forEach(subscriber -> subscriber.tell(news));
    }

    /** Reports missed updates to the hubs; called periodically. */
    void remind() {
        subscribers.forEach(subscriber -> subscriber.remind(head));
    }

    private void tell() {
        scheduled = false;
        if (head == toldHead) {
            return;
        }
        lastTurn = System.nanoTime();
        toldHead = head;
        var news = FeedUpdate.continued(List.copyOf(entries), head);
        entries = new ArrayList<>();
        subscribers.forEach(subscriber -> subscriber.tell(news));
    }
}
