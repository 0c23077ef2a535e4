package dev.skelly.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain of frames that a session gets in one write. Sessions that get the same frames in one turn share the chain, and its bytes are
 * joined once. Confined to the hub's context.
 *
 * <p>{@link #release} of the empty batch with which a turn began must be called when the turn's batches were written.
 */
final class FrameBatch {

    private static final int VIEWS_MAX = 16; // Above this number, some sessions do not share their bytes.
    private static final byte[] LINE_END = {'\r', '\n'};

    private final List<ByteBuf> chunks; // Of the whole turn.
    private final @Nullable FrameBatch before;
    private final Buffer frame;
    private final int frames;
    private final int bytes;
    private @Nullable Buffer joined;
    private @Nullable ByteBuf chunk;

    // The newest continuation, linked to the older ones. Events are distributed one after the other, each with one
    // frame per view: the
    // frames of the current event are at the front, and those of earlier events are not requested again.
    private @Nullable FrameBatch next;
    private @Nullable FrameBatch older;

    private FrameBatch(List<ByteBuf> chunks, @Nullable FrameBatch before, Buffer frame, int frames, int bytes) {
        this.chunks = chunks;
        this.before = before;
        this.frame = frame;
        this.frames = frames;
        this.bytes = bytes;
    }

    /** Returns the empty batch that starts a turn. */
    static FrameBatch empty() {
        return new FrameBatch(new ArrayList<>(1), null, Buffer.buffer(), 0, 0);
    }

    /** Returns this batch with one more frame; the same object for the same frame. */
    FrameBatch then(Buffer more) {
        var known = continuation(more);
        if (known != null) {
            return known;
        }
        var longer = new FrameBatch(chunks, this, more, frames + 1, bytes + more.length());
        longer.older = next;
        next = longer;
        return longer;
    }

    @SuppressWarnings("ReferenceEquality") // identity, not equality
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

    /** Returns all bytes; callers must not change them. */
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

    /**
     * Returns all bytes as one chunk of an HTTP/1.1 response, in memory from which sockets write without a copy. The memory belongs to the
     * turn: a caller who keeps it longer retains it.
     */
    ByteBuf chunk(ByteBufAllocator memory) {
        var present = chunk;
        if (present == null) {
            var whole = chunk(frames == 1 ? frame.getBytes() : join());
            present = memory.directBuffer(whole.length, whole.length).writeBytes(whole);
            chunk = present;
            chunks.add(present);
        }
        return present;
    }

    /** Encodes bytes as one chunk of an HTTP/1.1 response. */
    static byte[] chunk(byte[] bytes) {
        var size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(size.length + bytes.length + LINE_END.length)
                .put(size)
                .put(bytes)
                .put(LINE_END)
                .array();
    }

    /** Gives back the memory of all chunks of the turn. */
    void release() {
        chunks.forEach(ByteBuf::release);
        chunks.clear();
    }

    /** Returns the frames in their order. */
    Buffer[] each() {
        var all = new Buffer[frames];
        var place = frames;
        for (var part = this; part != null && place > 0; part = part.before) {
            all[--place] = part.frame;
        }
        return all;
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
