package dev.skelly.stream;

import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.view.EventViews;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts events for the sessions that see their encrypted fields, and for no others. The decrypted form is kept beside the event for as
 * long as its key may be kept, so that all sessions that see it share it. One per node; safe on any thread.
 */
final class EventDecryptor {

    private static final int ASKS_MAX =
            4; // Sessions that wait for a key wait here and do not block readers of the log.
    private static final int EVENTS_MAX = 300;
    private static final long KEPT_BYTES_MAX = 16 * 1024 * 1024;

    private record Kept(EncodedEvent entry, EncodedEvent.Open open) {

        int bytes() {
            return open.form().bytes();
        }
    }

    private final FieldDecryptor decryptor;
    private final Supplier<EventViews> views;
    private final CatchUpLimiter slots = new CatchUpLimiter(ASKS_MAX);
    private final Deque<Kept> kept = new ArrayDeque<>(); // Guarded by this object, like the other.
    private long keptBytes;

    EventDecryptor(FieldDecryptor decryptor, Supplier<EventViews> views) {
        this.decryptor = decryptor;
        this.views = views;
    }

    /** Returns the form in which a session gets an event, if it wants the event; null when a key must be requested first. */
    @Nullable
    EncodedEvent form(StreamSession session, EncodedEvent entry) {
        if (!session.opens(entry)) {
            return entry;
        }
        var open = entry.open();
        if (open != null && decryptor.lasts(open.lifetime())) {
            return open.form();
        }
        return decryptor
                .unsealAtOnce(entry.stored())
                .map(opened -> keep(entry, opened, 0))
                .orElse(null);
    }

    /**
     * Requests keys.
     *
     * @param entries ascending, all entries to send next
     * @return on {@code context}, the same entries, the leading ones decrypted where the session needs it
     */
    Future<List<EncodedEvent>> open(Context context, StreamSession session, List<EncodedEvent> entries) {
        return slots.run(context, () -> ask(session, entries))
                .map(fresh -> entries.stream()
                        .map(entry -> fresh.getOrDefault(entry, entry))
                        .toList());
    }

    /* Another session may have decrypted the same event while this one waited for a slot. */
    private Future<Map<EncodedEvent, EncodedEvent>> ask(StreamSession session, List<EncodedEvent> entries) {
        if (session.gone()) {
            return Future.failedFuture(new IllegalStateException("the reader has left"));
        }
        var missing = entries.stream()
                .filter(entry -> session.maySee(entry) && form(session, entry) == null)
                .limit(EVENTS_MAX)
                .toList();
        return missing.isEmpty()
                ? Future.succeededFuture(Map.of())
                : decryptor
                        .unseal(missing.stream().map(EncodedEvent::stored).toList())
                        .map(opened -> keep(missing, opened));
    }

    private Map<EncodedEvent, EncodedEvent> keep(List<EncodedEvent> entries, FieldDecryptor.Opened opened) {
        var fresh = new HashMap<EncodedEvent, EncodedEvent>();
        for (var i = 0; i < entries.size(); i++) {
            fresh.put(entries.get(i), keep(entries.get(i), opened, i));
        }
        return fresh;
    }

    private EncodedEvent keep(EncodedEvent entry, FieldDecryptor.Opened opened, int index) {
        var former = entry.open();
        var over = former == null || decryptor.lasts(former.lifetime()) ? null : former;
        var open = entry.open(views.get().show(opened.events().get(index)), opened.lifetime(), over);
        hold(new Kept(entry, open));
        return open.form();
    }

    private synchronized void hold(Kept one) {
        kept.addLast(one);
        keptBytes += one.bytes();
        while (keptBytes > KEPT_BYTES_MAX) {
            drop(kept.removeFirst());
        }
    }

    private void drop(Kept one) {
        keptBytes -= one.bytes();
        one.entry().close(one.open());
    }

    /** Drops expired decrypted forms; called periodically. */
    synchronized void tidy() {
        kept.removeIf(one -> {
            var over = !decryptor.lasts(one.open().lifetime());
            if (over) {
                drop(one);
            }
            return over;
        });
    }
}
