package dev.skelly.stream;

import dev.skelly.eventlog.Cursor;
import dev.skelly.eventlog.LogSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Resolves the position in the log at which a reader starts. Confined to the hub's context. */
final class StartResolver {

    private static final Duration STAMP_WAIT = Duration.ofSeconds(2);
    private static final Duration STAMP_POLL = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Context context;
    private final LogSource log;
    private final CatchUpLimiter slots;
    private final LongSupplier head;
    private final int behindEventsMax;
    private final HubCursors cursors;

    /**
     * Creates a resolver for the sessions of one hub.
     *
     * @param head the hub's head, once it is known
     */
    StartResolver(
            Context context,
            LogSource log,
            CatchUpLimiter slots,
            LongSupplier head,
            int behindEventsMax,
            HubCursors cursors) {
        this.context = context;
        this.log = log;
        this.slots = slots;
        this.head = head;
        this.behindEventsMax = behindEventsMax;
        this.cursors = cursors;
    }

    /**
     * Resolves a start; called when the hub's head is known.
     *
     * @param subscription what the session will read from there
     * @return fails only when the reader has left; retries while the log is unreachable
     */
    Future<StartPosition.ResolvedStart> find(StartPosition start, StreamSession session, Subscription subscription) {
        if (start instanceof StartPosition.Earliest) {
            return within(0, session, subscription);
        }
        if (start instanceof StartPosition.After after) {
            return place(after.cursor(), session)
                    .compose(position -> position.isPresent()
                            ? within(position.getAsLong(), session, subscription)
                            : Future.succeededFuture(otherLog()))
                    // Last, because the epoch may change meanwhile.
                    .map(found -> cursors.areThoseOf(after.cursors()) ? found : otherLog());
        }
        return Future.succeededFuture(StartPosition.ResolvedStart.LATEST);
    }

    private static StartPosition.ResolvedStart otherLog() {
        return StartPosition.ResolvedStart.gap(GapReason.OTHER_LOG);
    }

    /* Empty when the cursor is of another log. */
    private Future<OptionalLong> place(Cursor cursor, StreamSession session) {
        if (cursor instanceof Cursor.Position at) {
            return place(at.position(), session);
        }
        if (cursor instanceof Cursor.Write write) {
            var polls = (int) STAMP_WAIT.dividedBy(STAMP_POLL);
            return stamped(write.seq(), polls, session);
        }
        return Future.succeededFuture(OptionalLong.empty());
    }

    private Future<OptionalLong> place(long position, StreamSession session) {
        if (position < 0) {
            return Future.succeededFuture(OptionalLong.empty());
        }
        if (position <= head.getAsLong()) {
            return Future.succeededFuture(OptionalLong.of(position));
        }
        return insist(log::head, session)
                .map(newest -> position <= newest ? OptionalLong.of(position) : OptionalLong.empty());
    }

    /* Only what the session reads counts, and it is counted only when there are so many positions. */
    private Future<StartPosition.ResolvedStart> within(
            long position, StreamSession session, Subscription subscription) {
        if (head.getAsLong() - position <= behindEventsMax) {
            return Future.succeededFuture(StartPosition.ResolvedStart.at(position));
        }
        Supplier<Future<Long>> count = () -> session.gone()
                ? Future.failedFuture(new IllegalStateException("the reader has left"))
                : log.count(
                        position,
                        subscription.channels(),
                        subscription.names(),
                        session.person(),
                        behindEventsMax + 1L);
        return insist(() -> slots.run(context, count), session)
                .map(events -> events > behindEventsMax
                        ? StartPosition.ResolvedStart.gap(GapReason.TOO_FAR)
                        : StartPosition.ResolvedStart.at(position));
    }

    /*
     * A write that is not sequenced now will be sequenced beyond the current head: a reader that starts at this head gets the write itself
     * again and misses nothing.
     */
    private Future<OptionalLong> stamped(long seq, int polls, StreamSession session) {
        var before = head.getAsLong();
        return insist(() -> log.positionOf(seq), session)
                .compose(position -> position.isEmpty() && polls > 0
                        ? pause(STAMP_POLL).compose(waited -> stamped(seq, polls - 1, session))
                        : Future.succeededFuture(OptionalLong.of(position.orElse(before))));
    }

    private <T> Future<T> insist(Supplier<Future<T>> read, StreamSession session) {
        return read.get()
                .recover(failure -> session.gone()
                        ? Future.failedFuture(failure)
                        : pause(RETRY).compose(waited -> insist(read, session)));
    }

    private Future<Void> pause(Duration time) {
        var over = Promise.<Void>promise();
        context.owner().setTimer(time.toMillis(), id -> over.complete());
        return over.future();
    }
}
