package dev.skelly.stream;

import dev.skelly.event.Envelope;
import dev.skelly.log.Cursors;
import dev.skelly.view.Shown;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event and its frames, each encoded when the first session of a view gets it and shared by all of that view. Safe on any thread. */
final class Entry {

    private static final int OVERHEAD_BYTES = 700;

    private final Shown shown;
    private final Cursors cursors;
    private final Frame whole = new Frame(Set.of());
    private volatile @Nullable Frame views; // The newest one, in a chain; as many as there are different views.

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

    Entry(Shown shown, Cursors cursors) {
        this.shown = shown;
        this.cursors = cursors;
    }

    Shown shown() {
        return shown;
    }

    Envelope event() {
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
        var encoded = Frames.event(shown.without(frame.hidden), cursors.position(position()), withName);
        if (withName) {
            frame.named = encoded;
        } else {
            frame.unnamed = encoded;
        }
        return encoded;
    }
}
