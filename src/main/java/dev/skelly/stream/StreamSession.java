package dev.skelly.stream;

import dev.skelly.event.Audience;
import dev.skelly.feature.Principal;
import dev.skelly.view.EventView;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One open stream: its reader, its subscription and its progress. Holds no event. Confined to its hub's context.
 *
 * <p>A session that is not live has received everything up to {@link #cursor}; a live one everything up to the hub's head.
 */
final class StreamSession {

    /** A cursor that represents the head at the time the session is attached. */
    static final long LATEST = -2;

    /** No event must be decrypted first. */
    static final long NOT_HELD = -1;

    private final String id;
    private final StreamOutput out;
    private final FrameFormat format;
    private final @Nullable String person; // The own channel of a person; null for an anonymous caller.
    private Reader reader;
    private Subscription subscription;
    private @Nullable SubscriptionLayers layers; // Null until the first change.

    // Indexes into the hub's lists, one for each channel and one each for the person and the list of all.
    int[] places = {};

    ReaderKinds.@Nullable ReaderKind kind; // Null while the session is in no list.

    final Promise<Void> begun = Promise.promise();
    long cursor = LATEST;
    long counted; // Up to here the events after the cursor were counted and are not too many.
    boolean live;
    boolean ready;
    boolean reading; // A page of the log is being read, or the start is not known yet.
    int revision; // Counts the changes of the subscription; what was read for an older one is read again.
    int failures; // Consecutive failed reads of the log.
    long readAgainAt; // Milliseconds of the hub's clock; 0 when no read is to be repeated.
    long stuckSince; // Likewise; 0 while the socket accepts data.
    long lastWrite;
    long openedAt; // Milliseconds since 1970.
    long bytes; // Of the events written.
    long heldAt = NOT_HELD; // Within a turn, the position before an event that must be decrypted first.

    @Nullable
    FrameBatch turn; // The frames of the current turn; null if there are none.

    @Nullable
    List<UUID> passed; // The requests of the reader whose events passed in this turn; null if there are none.

    private long lastOffered = LATEST;
    private boolean gone;

    /**
     * The reader of a stream.
     *
     * @param principal the account, with the rights with which the stream was opened; has a random id for an anonymous caller
     * @param view the view of its roles
     * @param caller what the caller may ask for
     * @param address its network address
     * @param end when and why the stream must end
     */
    record Reader(Principal principal, EventView view, StreamCaller caller, String address, StreamEnd end) {

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

    StreamSession(String id, StreamOutput out, Reader reader, Subscription subscription) {
        this.id = id;
        this.out = out;
        this.format = out.format();
        this.reader = reader;
        this.subscription = subscription;
        this.person = reader.principal().roles().isEmpty() ? null : Audience.user(reader.account());
    }

    /** Returns the public id of the connection. */
    String id() {
        return id;
    }

    Reader reader() {
        return reader;
    }

    /** Continues with a later end, after the reader sent a new token. */
    void renew(Reader renewed) {
        reader = renewed;
    }

    Subscription subscription() {
        return subscription;
    }

    /**
     * Reads more.
     *
     * @param from the added parts are sent after this position
     * @param delivered the session has received all of its former subscription up to here
     */
    void subscribe(SubscriptionAddition more, long from, long delivered) {
        var all = layers == null ? new SubscriptionLayers() : layers;
        all.add(subscription, more.parts(), from, delivered);
        layers = all;
        subscription = more.next();
        revision++;
        lastOffered = LATEST;
    }

    /** Continues from now. After a gap, positions that were received or skipped may come again. */
    void restart() {
        cursor = LATEST;
        lastOffered = LATEST;
        layers = null;
        revision++;
    }

    /** Returns whether the session must first catch up with earlier changes of its subscription. */
    boolean changing() {
        return layers != null && layers.full();
    }

    /** Reads less from now on. */
    void unsubscribe(Subscription next) {
        if (layers != null) {
            layers.within(next);
        }
        subscription = next;
        revision++;
    }

    /** Returns the channels whose events this session must learn of: those that it reads, and its reader's own. */
    List<String> followed() {
        return person == null || subscription.channels().contains(person)
                ? subscription.channels()
                : subscription.channelsWith(List.of(person));
    }

    /** Returns the account whose requests are reported as passed; null for an anonymous caller. */
    @Nullable
    UUID person() {
        return person == null ? null : reader.account();
    }

    StreamOutput out() {
        return out;
    }

    FrameFormat format() {
        return format;
    }

    /** Returns whether this session wants an event and was not offered it before. The caller has checked the channel. */
    boolean wants(EncodedEvent entry) {
        if (!offer(entry.position())) {
            return false;
        }
        return ofKind(entry) ? includes(entry) : shows(entry) && layers != null && layers.include(entry);
    }

    /** Notes that an event is offered to this session. Returns false when it was offered before. */
    boolean offer(long position) {
        if (position <= cursor || position == lastOffered) {
            return false;
        }
        lastOffered = position;
        return true;
    }

    /** Returns whether an event is decided like for every session of its kind, and not by what was added to its subscription when. */
    boolean ofKind(EncodedEvent entry) {
        return layers == null || !layers.decide(entry);
    }

    /** Returns whether sessions of this kind want an event. */
    boolean includes(EncodedEvent entry) {
        return shows(entry) && subscription.types().matches(entry.event().type());
    }

    private boolean shows(EncodedEvent entry) {
        return reader.view().sees(entry.shown())
                && reader.caller().mayType(entry.event().type());
    }

    /** Returns whether an event is about the reader, who may then see more of it than others with the same roles. */
    boolean isAbout(EncodedEvent entry) {
        var about = entry.shown().about();
        return about != null && about.equals(reader.account());
    }

    /** Returns whether this session sees encrypted fields of this event. The caller has checked the channel. */
    boolean opens(EncodedEvent entry) {
        return entry.sealed()
                && entry.position() > cursor
                && subscription.types().matches(entry.event().type())
                && (entry.older() || reader.view().opens(entry.shown(), reader.account()));
    }

    /** Returns this session's frame of an event, shared by all sessions of its view and form. */
    Buffer frame(EncodedEvent entry) {
        return entry.frame(reader.view().hidden(entry.shown(), reader.account()), format);
    }

    /** Returns whether the reader may see an event: the reader reads one of the event's channels. */
    boolean maySee(EncodedEvent entry) {
        return subscription.reads(entry.event());
    }

    /** Notes that an event passed which one of the reader's requests wrote, whether or not the reader sees it. */
    void notePassed(EncodedEvent entry) {
        var request = entry.requestOf(person());
        if (request == null || entry.position() <= cursor) {
            return;
        }
        var noted = passed == null ? new ArrayList<UUID>(1) : passed;
        if (!noted.contains(request)) {
            noted.add(request);
        }
        passed = noted;
    }

    boolean full() {
        return out.full();
    }

    void events(FrameBatch frames, long nowMillis) {
        lastWrite = nowMillis;
        bytes += frames.bytes();
        if (!gone) {
            out.events(frames);
        }
    }

    void control(String name, String json, long nowMillis) {
        lastWrite = nowMillis;
        if (!gone) {
            out.control(name, json);
        }
    }

    void live(LiveMessage.LiveFrame frame, long nowMillis) {
        lastWrite = nowMillis;
        if (!gone) {
            out.live(frame);
        }
    }

    void ready(String cursor, long nowMillis) {
        ready = true;
        lastWrite = nowMillis;
        if (!gone) {
            out.ready(cursor);
        }
    }

    void beat(Heartbeat beat, long nowMillis) {
        lastWrite = nowMillis;
        if (!gone) {
            out.beat(beat);
        }
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
