package dev.skelly.stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.auth.Authorization;
import dev.skelly.eventlog.LogSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Manages the open streams of one HTTP verticle and delivers updates to them. Confined to that verticle's context. */
final class StreamHub {

    private static final Logger LOGGER = LoggerFactory.getLogger(StreamHub.class);
    private static final long BUCKET_IDLE_MILLIS = Duration.ofMinutes(1).toMillis();

    private final Context context;
    private final Feed feed;
    private final HubCursors cursors;
    private final StreamMetrics meters;
    private final EventRingBuffer ring;
    private final BucketCoverage coverage = new BucketCoverage();
    private final ChannelIndex sessions = new ChannelIndex();
    private final CatchUp catchUp;
    private final SubscriptionStarter starter;
    private final StreamCloser closer;
    private final RightsWatcher trust;
    private final Consumer<StreamSession> closed;
    private final HubInbox subscriber;
    private final StreamTimer pulse;
    private final LiveDelivery delivery;
    private final SessionWriter writer;

    /**
     * Joins the feed.
     *
     * @param context all calls are made here
     * @param closed called once for each session that ended
     */
    StreamHub(
            Context context,
            Feed feed,
            LogSource log,
            CatchUpLimiter slots,
            StreamConfig config,
            StreamCloser closer,
            Authorization rights,
            Consumer<StreamSession> closed) {
        this.context = context;
        this.feed = feed;
        this.cursors = new HubCursors(feed);
        this.meters = feed.meters();
        this.ring = new EventRingBuffer(config.ringEventsMax(), config.ringBytesMax());
        this.catchUp =
                new CatchUp(context, ring, coverage, log, feed.unsealing(), slots, config.behindEventsMax(), this);
        this.starter = new SubscriptionStarter(
                context,
                feed,
                coverage,
                ring,
                sessions,
                new StartResolver(context, log, slots, ring::head, config.behindEventsMax(), cursors),
                this);
        this.closer = closer;
        this.trust = new RightsWatcher(rights, context, this, closer);
        this.closed = closed;
        this.writer = new SessionWriter(context, meters, this);
        this.delivery = new LiveDelivery(ring, sessions, feed.unsealing(), this);
        this.subscriber = new HubInbox(context, this::hear);
        this.pulse = new StreamTimer(context, config, this);
        feed.join(subscriber);
        trust.watch();
        pulse.start();
    }

    /**
     * Opens a new stream.
     *
     * @param hello the fields of the first control frame; the placeholder %s is replaced by whether the stream was resumed
     */
    void open(StreamSession session, StartPosition start, String hello) {
        meters.opened(session.out().transport());
        meters.behind(session.out().transport(), 1);
        starter.open(session, start, hello);
    }

    /** Returns what changes subscriptions of open streams. */
    SubscriptionStarter subscriptions() {
        return starter;
    }

    /** Continues a session that is not live. */
    void advance(StreamSession session) {
        if (!session.live && !session.gone()) {
            guard(session, () -> catchUp.advance(session));
        }
    }

    /** Makes a session live when it has received everything. */
    void attach(StreamSession session) {
        session.live = true;
        session.stuckSince = 0;
        meters.behind(session.out().transport(), -1);
        if (!session.ready) {
            writer.ready(session, cursors.position(session.cursor));
        }
    }

    /** Takes a session out of the live ones at a cursor, to catch up from there. */
    void fallBehind(StreamSession session, long cursor) {
        fallBack(session, Math.max(session.cursor, cursor));
        advance(session);
    }

    /** Takes a session out of the live ones at exactly this cursor; {@link #advance} continues it. */
    void fallBack(StreamSession session, long cursor) {
        meters.behind(session.out().transport(), session.live ? 1 : 0);
        session.live = false;
        session.cursor = cursor;
    }

    /** Records that the socket accepts no data and starts its time limit. */
    void stuck(StreamSession session) {
        if (session.stuckSince == 0) {
            session.stuckSince = millis();
        }
    }

    /** Reports a gap to a session, which continues from now. */
    void gap(StreamSession session, GapReason reason) {
        writer.gap(session, reason);
        session.restart();
    }

    /** Returns what writes to sessions. */
    SessionWriter writer() {
        return writer;
    }

    /** Writes a message that is not in the log to the live readers of a channel. */
    void tell(String channel, LiveMessage.LiveFrame frame) {
        var readers = sessions.reading(channel);
        if (readers != null) {
            var views = feed.views();
            var all = frame.kind().equals("signal") || !views.restrictsAttendance(channel);
            writer.live(
                    readers,
                    frame,
                    session -> frame.isFor(session)
                            && (all || views.mayAttend(session.reader().principal(), channel)));
        }
    }

    long head() {
        return ring.head();
    }

    HubCursors cursors() {
        return cursors;
    }

    long millis() {
        return pulse.millis();
    }

    /** Runs work for one session; an exception ends this session and no other. */
    void guard(StreamSession session, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            fail(session, e);
        }
    }

    /** Ends a session after a failure. */
    void fail(StreamSession session, RuntimeException failure) {
        LOGGER.atError().setCause(failure).log("a stream failed by a bug and is ended");
        if (remove(session)) {
            session.out().fail();
        }
    }

    private void hear(FeedUpdate news) {
        if (news.mayEndSessions()) {
            trust.redeclared(feed.views());
        }
        if (trust.holdsBack()) {
            restart(news.skipping());
        } else if (news.kind() == FeedUpdate.UpdateKind.CONTINUED) {
            delivery.deliver(news);
        } else {
            restart(news);
        }
    }

    /** Returns whether delivery is suspended; the hub's timer resumes the sessions. */
    boolean holdsBack() {
        return trust.holdsBack();
    }

    /* Live sessions continue from the old head of the ring buffer; after the log was restored, later cursors are not valid. */
    private void restart(FeedUpdate news) {
        var before = ring.head();
        sessions.forEach(session -> {
            if (session.live) {
                fallBack(session, Math.max(session.cursor, before));
            }
        });
        ring.restart(news.head());
        coverage.restart(news);
        cursors.restart(news);
        pulse.restart();
        starter.headKnown();
        sessions.forEach(session -> {
            if (news.invalidates(session.cursor)) {
                gap(session, GapReason.OTHER_LOG);
            }
            advance(session);
        });
    }

    /**
     * Ends a stream in an orderly way.
     *
     * @param retryMillis when the reader may reconnect; 0 for the usual time
     * @return completes when the last byte was handed to the socket or the stream was cut; never fails
     */
    @CanIgnoreReturnValue
    Future<Void> bye(StreamSession session, CloseReason reason, long retryMillis) {
        if (!remove(session)) {
            return Future.succeededFuture();
        }
        meters.bye(session.out().transport(), reason);
        return closer.say(context, session, reason, place(session), retryMillis);
    }

    private String place(StreamSession session) {
        var position = session.live ? Math.max(session.cursor, ring.head()) : session.cursor;
        return position < 0 ? "" : cursors.position(position);
    }

    /** Ends all streams. */
    Future<Void> drain() {
        var ends = new ArrayList<Future<Void>>();
        sessions.forEach(session -> ends.add(bye(session, CloseReason.DRAIN, closer.spread())));
        return ends.isEmpty()
                ? Future.succeededFuture()
                : Future.join(List.copyOf(ends)).mapEmpty();
    }

    /** Removes a session whose reader left or whose response ended. */
    void leave(StreamSession session) {
        if (remove(session)) {
            LOGGER.atTrace().log("a reader went away");
        }
    }

    private boolean remove(StreamSession session) {
        if (!session.leave()) {
            return false;
        }
        sessions.remove(session);
        coverage.leave(session.followed(), millis());
        meters.closed(session.out().transport());
        meters.behind(session.out().transport(), session.live ? 0 : -1);
        closed.accept(session);
        return true;
    }

    /** Visits every session; a session may leave during its visit. */
    void forEach(Consumer<StreamSession> visitor) {
        sessions.forEach(visitor);
    }

    /** Releases unused buckets and resumes suspended sessions. */
    void tidy() {
        trust.goOn();
        var idle = coverage.giveUp(millis(), BUCKET_IDLE_MILLIS);
        if (!idle.isEmpty()) {
            feed.giveUp(idle);
        }
    }

    /** Ends everything; the hub cannot be used afterwards. */
    void close() {
        pulse.stop();
        Set<Integer> held = new LinkedHashSet<>(coverage.giveUp(millis(), Long.MIN_VALUE));
        feed.leave(subscriber, held);
    }

    Context context() {
        return context;
    }
}
