package dev.skelly.stream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Starts the subscriptions of a hub's sessions and changes them while the sessions are open. Confined to the hub's context.
 *
 * <p>Invariant: a session's part that is new starts at a position after which this node has every event of its channels, or is read from the
 * log up to there. So no event of the part is missing after the position that the caller gets.
 */
final class SubscriptionStarter {

    private final Context context;
    private final Feed feed;
    private final BucketCoverage coverage;
    private final EventRingBuffer ring;
    private final ChannelIndex sessions;
    private final StartResolver starting;
    private final StreamHub hub;
    private final Promise<Void> head = Promise.promise();
    private final List<Promise<Void>> waiting = new ArrayList<>(); // For the feed to cover more buckets.

    SubscriptionStarter(
            Context context,
            Feed feed,
            BucketCoverage coverage,
            EventRingBuffer ring,
            ChannelIndex sessions,
            StartResolver starting,
            StreamHub hub) {
        this.context = context;
        this.feed = feed;
        this.coverage = coverage;
        this.ring = ring;
        this.sessions = sessions;
        this.starting = starting;
        this.hub = hub;
    }

    /** Called when the log's head is known. */
    void headKnown() {
        head.tryComplete();
    }

    /** Opens a session; see {@link StreamHub#open}. */
    void open(StreamSession session, StartPosition start, String hello) {
        sessions.add(session);
        session.reading = true;
        session.out().greet(); // Sent at once, because resolving the start may take a while.
        session.lastWrite = hub.millis();
        cover(session.followed());
        head.future()
                .compose(known -> starting.find(start, session, session.subscription()))
                .onSuccess(found -> begin(session, found, hello))
                .onFailure(failure -> hub.leave(session));
    }

    private void begin(StreamSession session, StartPosition.ResolvedStart found, String hello) {
        session.reading = false;
        session.cursor = found.position();
        session.counted = ring.head();
        session.control("hello", hello.formatted(found.resumed()), hub.millis());
        if (found.resumed()) {
            feed.meters().resumed(session.out().transport());
        }
        found.gap().ifPresent(reason -> hub.gap(session, reason));
        session.begun.tryComplete();
        hub.advance(session);
    }

    /* A session that waits for the feed's reply continues with it. */
    private void cover(List<String> channels) {
        var missing = coverage.enter(channels);
        if (missing.isEmpty()) {
            return;
        }
        feed.want(missing, context, since -> {
            coverage.covered(since);
            var asked = List.copyOf(waiting);
            waiting.clear();
            asked.forEach(Promise::tryComplete);
            sessions.forEach(hub::advance);
        });
    }

    /**
     * Adds to a session's subscription.
     *
     * @param change applied to the subscription of the time when it takes effect; reads at least as much
     * @param start from where the new part is sent
     * @return the position after which all events of the new part are sent; fails when the session has ended
     */
    Future<Long> add(StreamSession session, Function<Subscription, SubscriptionAddition> change, StartPosition start) {
        return session.begun
                .future()
                .compose(begun -> starting.find(
                        start, session, change.apply(session.subscription()).next()))
                .compose(found -> add(session, change, found));
    }

    private Future<Long> add(
            StreamSession session,
            Function<Subscription, SubscriptionAddition> change,
            StartPosition.ResolvedStart found) {
        var asked = change.apply(session.subscription()).next();
        var more = missing(session, asked);
        return enter(session, asked.channels(), more).compose(covered -> {
            var added = change.apply(session.subscription());
            if (!session.gone() && !more.containsAll(missing(session, added.next()))) {
                coverage.leave(more, hub.millis()); // Another change removed a channel of this one meanwhile.
                return add(session, change, found);
            }
            return Future.succeededFuture(begin(session, added, more, found));
        });
    }

    private static List<String> missing(StreamSession session, Subscription next) {
        var more = new ArrayList<>(next.channels());
        more.removeAll(session.subscription().channels());
        return more;
    }

    private Future<Void> enter(StreamSession session, List<String> channels, List<String> more) {
        if (session.gone()) {
            return ended();
        }
        cover(more);
        return covered(channels);
    }

    private Future<Void> covered(List<String> channels) {
        if (coverage.since(channels) != BucketCoverage.NOT_YET) {
            return Future.succeededFuture();
        }
        var reply = Promise.<Void>promise();
        waiting.add(reply);
        return reply.future().compose(asked -> covered(channels));
    }

    private static <T> Future<T> ended() {
        return Future.failedFuture(new IllegalStateException("the stream has ended"));
    }

    private long begin(
            StreamSession session, SubscriptionAddition added, List<String> more, StartPosition.ResolvedStart found) {
        if (session.gone()) {
            coverage.leave(more, hub.millis());
            throw new IllegalStateException("the stream has ended");
        }
        found.gap().ifPresent(reason -> hub.writer().gap(session, reason));
        var now = Math.max(ring.head(), coverage.since(added.next().channels()));
        var atHead = session.live || session.cursor == StreamSession.LATEST;
        var delivered = atHead ? Math.max(session.cursor, ring.head()) : session.cursor;
        var from = found.position() == StreamSession.LATEST ? now : found.position();
        change(session, () -> session.subscribe(added, from, delivered), more);
        if (from < delivered) {
            session.counted = ring.head();
            hub.fallBack(session, from);
        }
        hub.advance(session);
        return from;
    }

    /** Continues a session with a later end and the rights of a new token. */
    void renew(StreamSession session, StreamSession.Reader renewed) {
        if (!session.gone()) {
            sessions.remove(session);
            session.renew(renewed);
            sessions.add(session);
        }
    }

    /** Reduces a session's subscription at once; {@code next} reads at most as much as now. */
    void remove(StreamSession session, Subscription next) {
        change(session, () -> session.unsubscribe(next), List.of());
    }

    /* The buckets of the new channels were entered before. A session's own channel stays covered: its requests are reported. */
    private void change(StreamSession session, Runnable change, List<String> entered) {
        var before = session.followed();
        sessions.remove(session);
        change.run();
        sessions.add(session);
        var after = session.followed();
        var gone = new ArrayList<>(before);
        gone.removeAll(after);
        coverage.leave(gone, hub.millis());
        var twice = new ArrayList<>(entered);
        twice.retainAll(before); // The own channel, or one that another change added meanwhile.
        coverage.leave(twice, hub.millis());
    }
}
