package dev.skelly.stream;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What a session gets in one write: a chain of frames. Sessions that get the same frames in a turn share the chain, and its bytes are
 * joined once. Confined to the registry's context.
 */
final class FrameBatch {

    private static final int VIEWS_MAX = 16; // With more, some sessions share their bytes with nobody.

    private final @Nullable FrameBatch before;
    private final Buffer frame;
    private final int frames;
    private final int bytes;
    private @Nullable Buffer joined;

    // The newest continuation, and in each the one that is older. Events are dealt out one after the other, in as many
    // frames as they
    // have views: those of the present event stand at the front, and those of earlier ones are not asked for again.
    private @Nullable FrameBatch next;
    private @Nullable FrameBatch older;

    private FrameBatch(@Nullable FrameBatch before, Buffer frame, int frames, int bytes) {
        this.before = before;
        this.frame = frame;
        this.frames = frames;
        this.bytes = bytes;
    }

    /** The beginning of a turn, without frames. */
    static FrameBatch empty() {
        return new FrameBatch(null, Buffer.buffer(), 0, 0);
    }

    /** This and one frame more; the same object for the same frame. */
    FrameBatch then(Buffer more) {
        var known = continuation(more);
        if (known != null) {
            return known;
        }
        var longer = new FrameBatch(this, more, frames + 1, bytes + more.length());
        longer.older = next;
        next = longer;
        return longer;
    }

    @SuppressWarnings("ReferenceEquality") // the same frame, not an equal one
    private @Nullable FrameBatch continuation(Buffer more) {
        var looked = 0;
        for (var one = next; one != null && looked < VIEWS_MAX; one = one.older) {
            if (one.frame == more) {
                return one;
            }
            looked++;
        }
        return null;
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
