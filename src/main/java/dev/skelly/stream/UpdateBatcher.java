package dev.skelly.stream;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the feed's updates and sends them to every hub at most once per turn: at once after a pause, and every five milliseconds under
 * load, because one write for many events costs a stream little more than one write for one. Confined to the feed's context.
 */
final class UpdateBatcher {

    private static final long TURN_NANOS = Duration.ofMillis(5).toNanos();

    private final List<HubInbox> subscribers = new ArrayList<>();
    private List<EncodedEvent> entries = new ArrayList<>();
    private long head = EventRingBuffer.UNKNOWN;
    private long toldHead = EventRingBuffer.UNKNOWN;
    private boolean scheduled;
    private long lastTurn = System.nanoTime() - TURN_NANOS;

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
        var wait = TURN_NANOS - (System.nanoTime() - lastTurn);
        if (wait <= 0) {
            context.runOnContext(turn -> tell());
        } else {
            context.owner().setTimer(Math.max(1, Duration.ofNanos(wait).toMillis()), timer -> tell());
        }
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
