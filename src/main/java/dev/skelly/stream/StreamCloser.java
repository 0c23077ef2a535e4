package dev.skelly.stream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Writes the {@code bye} event before the server ends a stream. Safe on any thread if its randomness is. */
final class StreamCloser {

    /** The time after which a browser reconnects by itself. */
    static final Duration RETRY = Duration.ofSeconds(3);

    /** The first bytes of a stream. */
    static final Buffer USUAL_RETRY = Buffer.buffer("retry: " + RETRY.toMillis() + "\n\n");

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final RandomGenerator random;

    StreamCloser(RandomGenerator random) {
        this.random = random;
    }

    /** Returns a random time to reconnect after a drain, in milliseconds, so that readers do not all reconnect at once. */
    long spread() {
        return 500 + random.nextLong(2 * RETRY.toMillis());
    }

    /**
     * Writes the last frame. A socket that does not accept it is closed.
     *
     * @param place the reader's cursor; empty when it is not known
     * @param retryMillis when the reader may reconnect; 0 for the usual time
     * @return never fails
     */
    Future<Void> say(Context context, StreamSession session, CloseReason reason, String place, long retryMillis) {
        var retry = retryMillis == 0 ? RETRY.toMillis() : retryMillis;
        var done = Promise.<Void>promise();
        var timer = context.owner().setTimer(LAST_WORDS.toMillis(), id -> {
            session.out().cut();
            done.tryComplete();
        });
        session.out().end(reason, place, retry).onComplete(ended -> {
            context.owner().cancelTimer(timer);
            done.tryComplete();
        });
        return done.future();
    }
}
