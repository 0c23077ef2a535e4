package dev.skelly.stream;

import dev.skelly.crypto.FieldDecryptor;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.view.PresentedEvent;
import io.vertx.core.buffer.Buffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event and its frames, each encoded when the first session of a view gets it and shared by all sessions of that view. When fields of it
 * are encrypted, it keeps a decrypted form for a while, with its own frames. Safe on any thread.
 */
final class EncodedEvent {

    private static final int OVERHEAD_BYTES = 700;

    private final StoredEvent stored;
    private final PresentedEvent shown;
    private final CursorCodec cursors;
    private volatile @Nullable Open open;
    private final Frame whole = new Frame(Set.of());
    private volatile @Nullable Frame views; // The newest frame, in a chain with one frame per view.

    /** The decrypted form, and how long it may be shown. */
    record Open(EncodedEvent form, FieldDecryptor.Lifetime lifetime) {}

    /** The frames of one view, one in each form. */
    private static final class Frame {

        private final Set<String> hidden;
        private @Nullable Frame next; // Written before the frame is published.
        private volatile @Nullable Buffer named; // The form of most readers.
        private volatile Map<FrameFormat, Buffer> others = Map.of();

        private Frame(Set<String> hidden) {
            this.hidden = hidden;
        }

        private @Nullable Buffer in(FrameFormat format) {
            if (format == FrameFormat.NAMED) {
                return named;
            }
            return others.get(format);
        }

        /* Replaces the map, so that other threads see whole maps only. */
        private void put(FrameFormat format, Buffer encoded) {
            if (format == FrameFormat.NAMED) {
                named = encoded;
                return;
            }
            var more = new EnumMap<FrameFormat, Buffer>(FrameFormat.class);
            more.putAll(others);
            more.put(format, encoded);
            others = more;
        }
    }

    /** Creates an entry from an event as stored and as shown. */
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

    /** Returns whether the current form requires the decrypted data, because names of fields may have changed since. */
    boolean older() {
        var type = shown.type();
        return type != null && stored.version() != type.version();
    }

    /** Returns the decrypted form, which may be expired; null if there is none. */
    @Nullable
    Open open() {
        return open;
    }

    /**
     * Replaces the decrypted form {@code former}. Returns the form that is stored then, which is another caller's when that came first.
     */
    synchronized Open open(PresentedEvent opened, FieldDecryptor.Lifetime lifetime, @Nullable Open former) {
        var present = open;
        if (present != null && !present.equals(former)) {
            return present;
        }
        var made = new Open(new EncodedEvent(opened.event(), opened, cursors), lifetime);
        open = made;
        return made;
    }

    /** Drops a decrypted form. */
    synchronized void close(Open former) {
        if (former.equals(open)) {
            open = null;
        }
    }

    PresentedEvent shown() {
        return shown;
    }

    /** Returns the correlation of the request of {@code account} that wrote this event; null when none of that account's requests did. */
    @Nullable
    UUID requestOf(@Nullable UUID account) {
        return account != null && stored.byRequest() && account.equals(stored.actor()) ? stored.correlation() : null;
    }

    StoredEvent event() {
        return shown.event();
    }

    long position() {
        return event().position();
    }

    /** Returns the approximate memory size; the frames of further views are not counted. */
    int bytes() {
        return OVERHEAD_BYTES + 2 * event().data().length();
    }

    /**
     * Returns the frame of a view.
     *
     * @param hidden the fields that the view hides; one object for each such set of fields
     * @throws RuntimeException when the data does not match its type
     */
    Buffer frame(Set<String> hidden, FrameFormat format) {
        var frame = hidden.isEmpty() ? whole : view(hidden);
        var present = frame.in(format);
        return present == null ? encode(frame, format) : present;
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

    private synchronized Buffer encode(Frame frame, FrameFormat format) {
        var present = frame.in(format);
        if (present != null) {
            return present;
        }
        var encoded = format.encode(shown.without(frame.hidden), cursors.position(position()));
        frame.put(format, encoded);
        return encoded;
    }
}
