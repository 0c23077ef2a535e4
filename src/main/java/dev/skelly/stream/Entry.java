package dev.skelly.stream;

import dev.skelly.event.Envelope;
import dev.skelly.log.Cursors;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** An event and its frames, each encoded when the first session gets it and shared by all. Safe on any thread. */
final class Entry {

    private static final int OVERHEAD_BYTES = 700;

    private final Envelope event;
    private final Cursors cursors;
    private volatile @Nullable Buffer named;
    private volatile @Nullable Buffer unnamed;

    Entry(Envelope event, Cursors cursors) {
        this.event = event;
        this.cursors = cursors;
    }

    Envelope event() {
        return event;
    }

    long position() {
        return event.position();
    }

    /** What it holds in memory, about. */
    int bytes() {
        return OVERHEAD_BYTES + 2 * event.data().length();
    }

    Buffer frame(boolean withName) {
        var present = withName ? named : unnamed;
        return present == null ? encode(withName) : present;
    }

    private synchronized Buffer encode(boolean withName) {
        var present = withName ? named : unnamed;
        if (present != null) {
            return present;
        }
        var encoded = Frames.event(event, cursors.position(position()), withName);
        if (withName) {
            named = encoded;
        } else {
            unnamed = encoded;
        }
        return encoded;
    }
}
