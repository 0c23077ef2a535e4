package dev.skelly.stream;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What a session gets in one write: a chain of frames. Sessions that get the same frames in a turn share the chain, and its bytes are
 * joined once. Confined to the registry's context.
 */
final class Bundle {

    private final @Nullable Bundle before;
    private final Buffer frame;
    private final int frames;
    private final int bytes;
    private @Nullable Buffer joined;

    // The two newest continuations. Events are dealt out one after the other, in at most two views, so no others are
    // asked for again.
    private @Nullable Bundle next;
    private @Nullable Bundle nextOther;

    private Bundle(@Nullable Bundle before, Buffer frame, int frames, int bytes) {
        this.before = before;
        this.frame = frame;
        this.frames = frames;
        this.bytes = bytes;
    }

    /** The beginning of a turn, without frames. */
    static Bundle empty() {
        return new Bundle(null, Buffer.buffer(), 0, 0);
    }

    /** This and one frame more; the same object for the same frame. */
    Bundle then(Buffer more) {
        var known = continuation(more);
        if (known != null) {
            return known;
        }
        var longer = new Bundle(this, more, frames + 1, bytes + more.length());
        nextOther = next;
        next = longer;
        return longer;
    }

    @SuppressWarnings("ReferenceEquality") // the same frame, not an equal one
    private @Nullable Bundle continuation(Buffer more) {
        if (next != null && next.frame == more) {
            return next;
        }
        return nextOther != null && nextOther.frame == more ? nextOther : null;
    }

    int frames() {
        return frames;
    }

    int bytes() {
        return bytes;
    }

    /** All bytes, not to be changed. */
    Buffer buffer() {
        if (frames == 1) {
            return frame;
        }
        var present = joined;
        if (present == null) {
            present = Buffer.buffer(join());
            joined = present;
        }
        return present;
    }

    private byte[] join() {
        var all = new byte[bytes];
        var end = bytes;
        for (var part = this; part != null; part = part.before) {
            end -= part.frame.length();
            part.frame.getBytes(all, end);
        }
        return all;
    }
}
