package dev.skelly.stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.skelly.auth.Authorization;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.LogSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open streams of one HTTP verticle, and what reaches them. Confined to that verticle's context. */
final class StreamHub {

    private static final Logger LOGGER = LoggerFactory.getLogger(StreamHub.class);
    private static final long BUCKET_IDLE_MILLIS = Duration.ofMinutes(1).toMillis();

    private final Context context;
    private final Feed feed;
    private final StreamMetrics meters;
    private final EventRingBuffer ring;
    private final BucketCoverage coverage = new BucketCoverage();
    private final ChannelIndex sessions = new ChannelIndex();
    private final CatchUp catchUp;
    private final StartResolver starting;
    private final StreamCloser closer;
    private final RightsWatcher trust;
    private final Consumer<StreamSession> closed;
    private final HubInbox subscriber;
    private final StreamTimer pulse;
    private final Promise<Void> begun = Promise.promise();
    private final LiveDelivery delivery;

    /**
     * Joins the feed.
     *
     * @param context all calls are made here
     * @param closed told of each session that ended, once
     */
    StreamHub(
            Context context,
            Feed feed,
            LogSource log,
            ConcurrencyLimiter slots,
            StreamConfig config,
            StreamCloser closer,
            Authorization rights,
            Consumer<StreamSession> closed) {
        this.context = context;
        this.feed = feed;
        this.meters = feed.meters();
        this.ring = new EventRingBuffer(config.ringEventsMax(), config.ringBytesMax());
        this.catchUp =
                new CatchUp(context, ring, coverage, log, feed.unsealing(), slots, config.behindEventsMax(), this);
        this.starting = new StartResolver(context, log, ring::head, config.behindEventsMax());
        this.closer = closer;
        this.trust = new RightsWatcher(rights, context, this, closer);
        this.closed = closed;
        this.delivery = new LiveDelivery(ring, sessions, feed.unsealing(), this);
        this.subscriber = new HubInbox(context, this::hear);
        this.pulse = new StreamTimer(context, config, this);
        feed.join(subscriber);
        trust.watch();
        pulse.start();
    }

    /** A new stream; its response's head is set and goes out with the first bytes. */
    void open(StreamSession session, StartPosition start, String hello) {
        sessions.add(session);
        meters.opened();
        meters.behind(1);
        session.reading = true;
        session.write(StreamCloser.USUAL_RETRY, millis()); // At once: where to begin may take a while to find out.
        var missing = coverage.enter(session.followed());
        if (!missing.isEmpty()) {
            feed.want(missing, context, since -> {
                coverage.covered(since);
                sessions.forEach(this::advance);
            });
        }
        begun.future()
                .compose(known -> starting.find(start, session::gone))
                .onSuccess(found -> begin(session, found, hello))
                .onFailure(failure -> leave(session));
    }

    private void begin(StreamSession session, StartPosition.ResolvedStart found, String hello) {
        session.reading = false;
        session.cursor = found.position();
        session.write(Buffer.buffer(hello.formatted(found.resumed())), millis());
        found.gap().ifPresent(reason -> gap(session, reason));
        advance(session);
    }

    /** Goes on with a session that is not live. */
    void advance(StreamSession session) {
        if (!session.live && !session.gone()) {
            guard(session, () -> catchUp.advance(session));
        }
    }

    /** A session has everything; from now on it gets what comes. */
    void attach(StreamSession session) {
        session.live = true;
        session.stuckSince = 0;
        meters.behind(-1);
        if (!session.ready) {
            session.ready = true;
            var cursor = cursor(session.cursor);
            var frames = SseFrames.place(cursor) + SseFrames.control("ready", "{\"cursor\":\"" + cursor + "\"}");
            session.write(Buffer.buffer(frames), millis());
        }
    }

    /** A session was given all up to a cursor, and no more for now. */
    void fallBehind(StreamSession session, long cursor) {
        session.live = false;
        session.cursor = Math.max(session.cursor, cursor);
        meters.behind(1);
        advance(session);
    }

    /** The socket takes nothing: from now on its time is counted. */
    void stuck(StreamSession session) {
        if (session.stuckSince == 0) {
            session.stuckSince = millis();
        }
    }

    /** Tells a session that something was left out, and goes on from now. */
    void gap(StreamSession session, GapReason reason) {
        meters.gap(reason);
        session.write(Buffer.buffer(SseFrames.control("gap", "{\"reason\":\"" + reason.word() + "\"}")), millis());
        session.cursor = StreamSession.LATEST;
    }

    /** Writes what a session is given, if it is anything. */
    void write(StreamSession session, FrameBatch bundle) {
        if (bundle.frames() > 0) {
            session.write(bundle.buffer(), millis());
            meters.delivered(bundle.frames());
        }
    }

    long head() {
        return ring.head();
    }

    EncodedEvent entry(StoredEvent event) {
        return feed.entry(event, feed.cursors().orElseThrow());
    }

    String cursor(long position) {
        return feed.cursors().orElseThrow().position(position);
    }

    /** Milliseconds of a clock that only goes forward; never 0. */
    long millis() {
        return pulse.millis();
    }

    /** Runs something for one session; what it throws ends this session and no other. */
    void guard(StreamSession session, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            fail(session, e);
        }
    }

    /** Ends a session that something went wrong with. */
    void fail(StreamSession session, RuntimeException failure) {
        LOGGER.atError().setCause(failure).log("a stream failed by a bug and is ended");
        if (remove(session)) {
            session.out().end();
        }
    }

    private void hear(FeedUpdate news) {
        if (trust.holdsBack()) {
            restart(FeedUpdate.restart(
                    news.kind() == FeedUpdate.UpdateKind.RESTORED ? news.kind() : FeedUpdate.UpdateKind.SKIPPED,
                    news.head()));
        } else if (news.kind() == FeedUpdate.UpdateKind.CONTINUED) {
            delivery.deliver(news);
        } else {
            restart(news);
        }
    }

    /** Whether nobody is given anything for now; the registry's clock brings sessions back. */
    boolean holdsBack() {
        return trust.holdsBack();
    }

    /* Those who were live continue from where the ring was; where the log was set back, nobody's cursor means anything. */
    private void restart(FeedUpdate news) {
        var before = ring.head();
        sessions.forEach(session -> {
            if (session.live) {
                session.live = false;
                session.cursor = Math.max(session.cursor, before);
                meters.behind(1);
            }
        });
        ring.restart(news.head());
        begun.tryComplete();
        sessions.forEach(session -> {
            if (news.kind() == FeedUpdate.UpdateKind.RESTORED && session.cursor > news.head()) {
                gap(session, GapReason.OTHER_LOG);
            }
            advance(session);
        });
    }

    /**
     * Ends a stream in order.
     *
     * @param retryMillis when the reader may come back; 0 for the usual time
     * @return completes when the last byte was handed to the socket or the stream was cut; never fails
     */
    @CanIgnoreReturnValue
    Future<Void> bye(StreamSession session, CloseReason reason, long retryMillis) {
        if (!remove(session)) {
            return Future.succeededFuture();
        }
        meters.bye(reason);
        var place = session.live ? cursor(Math.max(session.cursor, ring.head())) : "";
        return closer.say(context, session, reason, place, retryMillis);
    }

    /** Ends all streams. */
    Future<Void> drain() {
        var ends = new ArrayList<Future<Void>>();
        sessions.forEach(session -> ends.add(bye(session, CloseReason.DRAIN, closer.spread())));
        return ends.isEmpty()
                ? Future.succeededFuture()
                : Future.join(List.copyOf(ends)).mapEmpty();
    }

    /** The reader went away, or the response ended. */
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
        meters.closed();
        meters.behind(session.live ? 0 : -1);
        closed.accept(session);
        return true;
    }

    /** Every session; one may leave when it is its turn. */
    void forEach(Consumer<StreamSession> visitor) {
        sessions.forEach(visitor);
    }

    /** Gives back the buckets for which nobody came again, and goes on where it was held back. */
    void tidy() {
        trust.goOn();
        var idle = coverage.giveUp(millis(), BUCKET_IDLE_MILLIS);
        if (!idle.isEmpty()) {
            feed.giveUp(idle);
        }
    }

    /** Ends everything; the registry is of no use afterwards. */
    void close() {
        pulse.stop();
        Set<Integer> held = new LinkedHashSet<>(coverage.giveUp(millis(), Long.MIN_VALUE));
        feed.leave(subscriber, held);
    }

    Context context() {
        return context;
    }
}
