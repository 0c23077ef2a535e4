package dev.skelly.stream;

import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Delivers the feed's updates to one hub. A hub whose event loop hangs gets no further updates; when it runs again, it is instructed to
 * read the log.
 */
final class HubInbox {

    private static final int UNREAD_MAX = 64;

    private final Context context;
    private final Consumer<FeedUpdate> reader;
    private final AtomicInteger unread = new AtomicInteger();
    private volatile long lastNanos;

    // The missed updates; confined to the feed's context.
    private boolean missed;
    private FeedUpdate.UpdateKind missedKind = FeedUpdate.UpdateKind.SKIPPED;

    HubInbox(Context context, Consumer<FeedUpdate> reader) {
        this.context = context;
        this.reader = reader;
    }

    /** Called on the feed's context. */
    void tell(FeedUpdate news) {
        if (unread.get() >= UNREAD_MAX) {
            missed = true;
            missedKind = weightier(missedKind, news.kind());
            return;
        }
        if (missed) {
            send(FeedUpdate.restart(weightier(missedKind, news.kind()), news.head()));
            missed = false;
            missedKind = FeedUpdate.UpdateKind.SKIPPED;
            return;
        }
        send(news);
    }

    /* The kinds stand in the order of what they make a hub do. */
    private static FeedUpdate.UpdateKind weightier(FeedUpdate.UpdateKind one, FeedUpdate.UpdateKind other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Reports missed updates even if no new event follows. */
    void remind(long head) {
        if (missed) {
            tell(FeedUpdate.continued(List.of(), head));
        }
    }

    /** Returns how long the hub took for the last update that it has read. */
    long lastNanos() {
        return lastNanos;
    }

    private void send(FeedUpdate news) {
        unread.incrementAndGet();
        context.runOnContext(turn -> {
            unread.decrementAndGet();
            var begun = System.nanoTime();
            reader.accept(news);
            lastNanos = System.nanoTime() - begun;
        });
    }
}
