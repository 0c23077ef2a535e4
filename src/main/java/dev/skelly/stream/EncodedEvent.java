package dev.skelly.stream;

import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.view.PresentedEvent;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event and its frames, each encoded when the first session of a view gets it and shared by all of that view. Where fields of it are
 * sealed it has, for a while, an opened form beside it, with frames of its own. Safe on any thread.
 */
final class EncodedEvent {

    private static final int OVERHEAD_BYTES = 700;

    private final StoredEvent stored;
    private final PresentedEvent shown;
    private final CursorCodec cursors;
    private volatile @Nullable Open open;
    private final Frame whole = new Frame(Set.of());
    private volatile @Nullable Frame views; // The newest one, in a chain; as many as there are different views.

    /** The opened form, and for how long it may be shown. */
    record Open(EncodedEvent form, FieldDecryptor.Lifetime lifetime) {}

    /** The frame of one view, with the event's name on it and without. */
    private static final class Frame {

        private final Set<String> hidden;
        private @Nullable Frame next; // Written before the frame is published.
        private volatile @Nullable Buffer named;
        private volatile @Nullable Buffer unnamed;

        private Frame(Set<String> hidden) {
            this.hidden = hidden;
        }
    }

    /** An event as it lies in the log, and as it is shown. */
    EncodedEvent(StoredEvent stored, PresentedEvent shown, CursorCodec cursors) {
        this.stored = stored;
        this.shown = shown;
        this.cursors = cursors;
    }

    StoredEvent stored() {
        return stored;
    }

    boolean sealed() {
        return stored.sealed() != null;
    }

    /** Whether only its opened form tells what its present form is: names of fields may have changed since. */
    boolean older() {
        var type = shown.type();
        return type != null && stored.version() != type.version();
    }

    /** The opened form, which may have had its time; null for none. */
    @Nullable
    Open open() {
        return open;
    }

    /** Takes an opened form, in the place of {@code former}; answers the one that it has then: another's, where that came first. */
    synchronized Open open(PresentedEvent opened, FieldDecryptor.Lifetime lifetime, @Nullable Open former) {
        var present = open;
        if (present != null && !present.equals(former)) {
            return present;
        }
        var made = new Open(new EncodedEvent(opened.event(), opened, cursors), lifetime);
        open = made;
        return made;
    }

    /** Lets an opened form go. */
    synchronized void close(Open former) {
        if (former.equals(open)) {
            open = null;
        }
    }

    PresentedEvent shown() {
        return shown;
    }

    StoredEvent event() {
        return shown.event();
    }

    long position() {
        return event().position();
    }

    /** What it holds in memory, about; a view more or less is not counted. */
    int bytes() {
        return OVERHEAD_BYTES + 2 * event().data().length();
    }

    /**
     * What a view gets.
     *
     * @param hidden the fields it does not show; one object for each such set of fields
     * @throws RuntimeException when the data is not what its type says
     */
    Buffer frame(Set<String> hidden, boolean withName) {
        var frame = hidden.isEmpty() ? whole : view(hidden);
        var present = withName ? frame.named : frame.unnamed;
        return present == null ? encode(frame, withName) : present;
    }

    @SuppressWarnings("ReferenceEquality") // sets of hidden fields are interned
    private Frame view(Set<String> hidden) {
        for (var frame = views; frame != null; frame = frame.next) {
            if (frame.hidden == hidden) {
                return frame;
            }
        }
        return add(hidden);
    }

    private synchronized Frame add(Set<String> hidden) {
        for (var frame = views; frame != null; frame = frame.next) {
            if (frame.hidden.equals(hidden)) {
                return frame;
            }
        }
        var frame = new Frame(hidden);
        frame.next = views;
        views = frame;
        return frame;
    }

    private synchronized Buffer encode(Frame frame, boolean withName) {
        var present = withName ? frame.named : frame.unnamed;
        if (present != null) {
            return present;
        }
        var encoded = SseFrames.event(shown.without(frame.hidden), cursors.position(position()), withName);
        if (withName) {
            frame.named = encoded;
        } else {
            frame.unnamed = encoded;
        }
        return encoded;
    }
}
