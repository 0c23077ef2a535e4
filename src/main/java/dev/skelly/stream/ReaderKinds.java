package dev.skelly.stream;

import dev.skelly.view.EventView;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of readers of a hub. What is decided about an event for one session holds for every session of its kind, so an event costs a
 * decision for each kind and little for each session. Confined to the hub's context.
 */
final class ReaderKinds {

    private final Map<KindKey, ReaderKind> kinds = new HashMap<>();

    /* A view is one object for all readers with the same roles, as long as few combinations of roles are in use. */
    private record KindKey(EventView view, EventTypeFilter allowed, EventTypeFilter types, FrameFormat format) {}

    /** A kind of readers, and what was decided last for it. */
    static final class ReaderKind {

        private final KindKey key;
        private int sessions;
        private @Nullable EncodedEvent decided;
        private @Nullable Buffer frame;

        private ReaderKind(KindKey key) {
            this.key = key;
        }

        /** Returns the frame of an event that is not about the session's reader; null when the kind does not want the event. */
        @Nullable
        @SuppressWarnings("ReferenceEquality") // the same event comes to all its readers in one turn
        Buffer frame(EncodedEvent entry, StreamSession session) {
            if (decided != entry) {
                frame = session.includes(entry) ? session.frame(entry) : null;
                decided = entry;
            }
            return frame;
        }

        /** Forgets the last event, so that it can be dropped. */
        private void forget() {
            decided = null;
            frame = null;
        }
    }

    /** Returns the kind of a session that enters, or whose subscription or reader has changed. */
    ReaderKind enter(StreamSession session) {
        var reader = session.reader();
        var key = new KindKey(
                reader.view(), reader.caller().types(), session.subscription().types(), session.format());
        var kind = kinds.computeIfAbsent(key, ReaderKind::new);
        kind.sessions++;
        return kind;
    }

    /** Removes a session from its kind. */
    void leave(ReaderKind kind) {
        kind.sessions--;
        if (kind.sessions == 0) {
            kinds.remove(kind.key);
        }
    }

    /** Forgets all decisions at the end of a turn. */
    void forget() {
        kinds.values().forEach(ReaderKind::forget);
    }
}
