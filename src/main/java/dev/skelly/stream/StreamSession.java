package dev.skelly.stream;

import dev.skelly.feature.Principal;
import dev.skelly.view.EventView;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One open stream: its reader, its filter and its progress. Holds no event. Confined to its hub's context.
 *
 * <p>A session that is not live has received everything up to {@link #cursor}; a live one everything up to the hub's head.
 */
final class StreamSession {

    /** A cursor that represents the head at the time the session is attached. */
    static final long LATEST = -2;

    /** No event must be decrypted first. */
    static final long NOT_HELD = -1;

    private final HttpServerResponse out;
    private final Reader reader;

    // Indexes into the hub's lists, one for each channel and one for the list of all.
    final int[] places;

    long cursor = LATEST;
    boolean live;
    boolean ready;
    boolean reading; // A page of the log is being read, or the start is not known yet.
    int failures; // Consecutive failed reads of the log.
    long readAgainAt; // Milliseconds of the hub's clock; 0 when no read is to be repeated.
    long stuckSince; // Likewise; 0 while the socket accepts data.
    long lastWrite;
    long heldAt = NOT_HELD; // Within a turn, the position before an event that must be decrypted first.

    @Nullable
    FrameBatch turn; // The frames of the current turn; null if there are none.

    private long lastOffered = LATEST;
    private boolean gone;

    /**
     * The reader of a stream and its filter.
     *
     * @param principal the account, with the rights with which the stream was opened; has a random id for an anonymous caller
     * @param view the view of its roles
     * @param address its network address
     * @param channels the requested channels of the reader
     * @param types matches the requested event types
     * @param names the same for the log; null when only the filter can decide
     * @param named whether frames carry the event's type as their name
     * @param end when and why the stream must end
     */
    record Reader(
            Principal principal,
            EventView view,
            String address,
            List<String> channels,
            Predicate<String> types,
            @Nullable Set<String> names,
            boolean named,
            StreamEnd end) {

        /**
         * The end of a stream.
         *
         * @param at milliseconds of the hub's clock
         */
        record StreamEnd(long at, CloseReason reason) {}

        UUID account() {
            return principal.account();
        }
    }

    StreamSession(HttpServerResponse out, Reader reader) {
        this.out = out;
        this.reader = reader;
        this.places = new int[reader.channels().size() + 1];
    }

    Reader reader() {
        return reader;
    }

    /** Returns the channels it reads. */
    Collection<String> followed() {
        return reader.channels();
    }

    HttpServerResponse out() {
        return out;
    }

    /** Returns whether this session wants an event and was not offered it before. The caller has checked the channel. */
    boolean wants(EncodedEvent entry) {
        var position = entry.position();
        if (position <= cursor || position == lastOffered) {
            return false;
        }
        lastOffered = position;
        return reader.view().sees(entry.shown())
                && reader.types().test(entry.event().type());
    }

    /** Returns whether this session sees encrypted fields of this event. The caller has checked the channel. */
    boolean opens(EncodedEvent entry) {
        return entry.sealed()
                && entry.position() > cursor
                && reader.types().test(entry.event().type())
                && (entry.older() || reader.view().opens(entry.shown(), reader.account()));
    }

    /** Returns this session's frame of an event, shared by all sessions of its view. */
    Buffer frame(EncodedEvent entry) {
        return entry.frame(
                reader.view().hidden(entry.shown(), reader.principal().account()), reader.named());
    }

    /** Returns whether the reader may see an event: the reader may read one of the event's channels. */
    boolean maySee(EncodedEvent entry) {
        for (var channel : entry.event().channels()) {
            if (reader.channels().contains(channel)) {
                return true;
            }
        }
        return false;
    }

    boolean full() {
        return out.writeQueueFull();
    }

    void write(Buffer frames, long nowMillis) {
        lastWrite = nowMillis;
        if (!gone) {
            out.write(frames);
        }
    }

    /**
     * Writes the last frames after the session left. The response is ended only when the socket accepted the frames, because an ended
     * response cannot be cut any more.
     */
    Future<Void> end(Buffer frames) {
        return out.closed() || out.ended()
                ? Future.succeededFuture()
                : out.write(frames).compose(taken -> out.ended() ? Future.succeededFuture() : out.end());
    }

    /** Stops all writes. Returns whether the session was active until now. */
    boolean leave() {
        var was = !gone;
        gone = true;
        return was;
    }

    boolean gone() {
        return gone;
    }
}
