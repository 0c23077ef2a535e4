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
 * One open stream: who reads, what was asked for, and how far it came. Holds no event. Confined to its registry's context.
 *
 * <p>Not live, it has been given everything up to {@link #cursor}; live, everything up to the registry's head.
 */
final class StreamSession {

    /** A cursor that stands for the head at the time the session is attached. */
    static final long LATEST = -2;

    /** Nothing has to be opened first. */
    static final long NOT_HELD = -1;

    private final HttpServerResponse out;
    private final Reader reader;

    // Places in the registry's lists, one for each channel and one for the list of all.
    final int[] places;

    long cursor = LATEST;
    boolean live;
    boolean ready;
    boolean reading; // A page of the log is under way, or the start is not known yet.
    int failures; // Of reading the log, in a row.
    long readAgainAt; // Milliseconds of the registry's clock; 0 when no read is to be repeated.
    long stuckSince; // Likewise; 0 while the socket takes what it is given.
    long lastWrite;
    long heldAt = NOT_HELD; // In a turn, the position before an event that has to be opened first.

    @Nullable
    FrameBatch turn; // What the turn under way brings it; null for nothing.

    private long lastOffered = LATEST;
    private boolean gone;

    /**
     * Who reads what.
     *
     * @param principal who, with the rights that the stream was opened with; made up for somebody who is not signed in
     * @param sight what their roles see
     * @param address from where
     * @param channels those of the reader's channels that were asked for
     * @param types passes the event types that were asked for
     * @param names the same for the log; null when only the filter can tell
     * @param named whether frames carry the event's type as their name
     * @param end when and why the stream has to end
     */
    record Reader(
            Principal principal,
            EventView sight,
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

    /** The channels it reads. */
    Collection<String> followed() {
        return reader.channels();
    }

    HttpServerResponse out() {
        return out;
    }

    /** Whether an event is for this session and was not offered before. The caller has made sure of the channel. */
    boolean wants(EncodedEvent entry) {
        var position = entry.position();
        if (position <= cursor || position == lastOffered) {
            return false;
        }
        lastOffered = position;
        return reader.sight().sees(entry.shown())
                && reader.types().test(entry.event().type());
    }

    /** Whether this session gets an event with fields that are sealed. The caller has made sure of the channel. */
    boolean opens(EncodedEvent entry) {
        return entry.sealed()
                && entry.position() > cursor
                && reader.types().test(entry.event().type())
                && (entry.older() || reader.sight().opens(entry.shown(), reader.account()));
    }

    /** What this session gets of an event: the frame that all of its view get. */
    Buffer frame(EncodedEvent entry) {
        return entry.frame(
                reader.sight().hidden(entry.shown(), reader.principal().account()), reader.named());
    }

    /** Whether the reader may see an event at all: one of its channels is one of theirs. */
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
     * The last thing this session writes, after it left. The response is ended only when the socket took the frames: an ended
     * response cannot be cut any more.
     */
    Future<Void> end(Buffer frames) {
        return out.closed() || out.ended()
                ? Future.succeededFuture()
                : out.write(frames).compose(taken -> out.ended() ? Future.succeededFuture() : out.end());
    }

    /** Nothing is written from now on. Answers whether it was there until now. */
    boolean leave() {
        var was = !gone;
        gone = true;
        return was;
    }

    boolean gone() {
        return gone;
    }
}
