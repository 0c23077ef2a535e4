package dev.skelly.stream;

import dev.skelly.eventlog.Cursor;
import dev.skelly.eventlog.LogSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Resolves the position in the log at which a reader starts. Confined to the hub's context. */
final class StartResolver {

    private static final Duration STAMP_WAIT = Duration.ofSeconds(2);
    private static final Duration STAMP_POLL = Duration.ofMillis(50);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Context context;
    private final LogSource log;
    private final LongSupplier head;
    private final int behindEventsMax;
    private final HubCursors cursors;

    /**
     * Creates a resolver for the sessions of one hub.
     *
     * @param head the hub's head, once it is known
     */
    StartResolver(Context context, LogSource log, LongSupplier head, int behindEventsMax, HubCursors cursors) {
        this.context = context;
        this.log = log;
        this.head = head;
        this.behindEventsMax = behindEventsMax;
        this.cursors = cursors;
    }

    /**
     * Resolves a start; called when the hub's head is known.
     *
     * @param gone whether the reader has left
     * @return fails only when the reader has left; retries while the log is unreachable
     */
    Future<StartPosition.ResolvedStart> find(StartPosition start, BooleanSupplier gone) {
        if (start instanceof StartPosition.Earliest) {
            return Future.succeededFuture(within(0));
        }
        if (start instanceof StartPosition.After after) {
            return find(after.cursor(), gone).map(found -> cursors.areThoseOf(after.cursors()) ? found : otherLog());
        }
        return Future.succeededFuture(StartPosition.ResolvedStart.LATEST);
    }

    private Future<StartPosition.ResolvedStart> find(Cursor cursor, BooleanSupplier gone) {
        if (cursor instanceof Cursor.Position at) {
            return find(at.position(), gone);
        }
        if (cursor instanceof Cursor.Write write) {
            var polls = (int) STAMP_WAIT.dividedBy(STAMP_POLL);
            return stamped(write.seq(), polls, gone);
        }
        return Future.succeededFuture(otherLog());
    }

    private Future<StartPosition.ResolvedStart> find(long position, BooleanSupplier gone) {
        if (position < 0) {
            return Future.succeededFuture(otherLog());
        }
        if (position <= head.getAsLong()) {
            return Future.succeededFuture(within(position));
        }
        return insist(log::head, gone).map(newest -> position <= newest ? within(position) : otherLog());
    }

    private static StartPosition.ResolvedStart otherLog() {
        return StartPosition.ResolvedStart.gap(GapReason.OTHER_LOG);
    }

    private StartPosition.ResolvedStart within(long position) {
        return head.getAsLong() - position > behindEventsMax
                ? StartPosition.ResolvedStart.gap(GapReason.TOO_FAR)
                : StartPosition.ResolvedStart.at(position);
    }

    /*
     * A write that is not sequenced now will be sequenced beyond the current head: a reader that starts at this head gets the write itself
     * again and misses nothing.
     */
    private Future<StartPosition.ResolvedStart> stamped(long seq, int polls, BooleanSupplier gone) {
        var before = head.getAsLong();
        return insist(() -> log.positionOf(seq), gone)
                .compose(position -> position.isEmpty() && polls > 0
                        ? pause(STAMP_POLL).compose(waited -> stamped(seq, polls - 1, gone))
                        : Future.succeededFuture(place(position, before)));
    }

    private StartPosition.ResolvedStart place(OptionalLong position, long before) {
        return within(position.orElse(before));
    }

    private <T> Future<T> insist(Supplier<Future<T>> read, BooleanSupplier gone) {
        return read.get()
                .recover(failure -> gone.getAsBoolean()
                        ? Future.failedFuture(failure)
                        : pause(RETRY).compose(waited -> insist(read, gone)));
    }

    private Future<Void> pause(Duration time) {
        var over = Promise.<Void>promise();
        context.owner().setTimer(time.toMillis(), id -> over.complete());
        return over.future();
    }
}
