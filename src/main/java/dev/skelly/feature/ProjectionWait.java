package dev.skelly.feature;

import dev.skelly.eventlog.Cursor;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets a read of an asynchronous projection wait until the projection has applied what the caller has written: parameter {@code after} of the
 * route. Safe on any context.
 */
public final class ProjectionWait {

    /** The longest wait. */
    public static final Duration MAX = Duration.ofSeconds(5);

    private static final long PAUSE_MILLIS_MIN = 10;
    private static final long PAUSE_MILLIS_MAX = 200;
    private static final String AFTER = "after";

    private final Platform platform;
    private final String projection;

    /** Creates a wait for a projection. */
    public ProjectionWait(Platform platform, String projection) {
        this.platform = platform;
        this.projection = projection;
    }

    /** Returns the parameter that routes declare. */
    public static Parameter parameter() {
        return Parameter.text(
                AFTER,
                "A position that a command has returned: the response includes what was written up to there, or is 503 after "
                        + MAX.toSeconds() + " s.");
    }

    /**
     * Waits for the parameter {@code after} of a request.
     *
     * @return completes at once without the parameter; fails with {@link Problem} 422 for a cursor of no or another log, and 503 after {@link #MAX}
     */
    public Future<Void> reached(Request request) {
        return platform.log().cursors().compose(cursors -> {
            var parameters = new QueryParameters(request);
            var cursor = parameters.value(
                    AFTER,
                    "a cursor of this log",
                    text -> cursors.read(text)
                            .filter(read -> !(read instanceof Cursor.Foreign))
                            .orElse(null));
            parameters.check();
            return cursor == null
                    ? Future.succeededFuture()
                    : given(cursor).compose(given -> look(cursor, System.nanoTime() + MAX.toNanos(), PAUSE_MILLIS_MIN));
        });
    }

    private Future<Void> given(Cursor cursor) {
        return cursor instanceof Cursor.Position at
                ? platform.log().head().map(head -> {
                    if (at.position() > head) {
                        throw Problem.invalid(AFTER, "future", "must not be after the newest event");
                    }
                    return null;
                })
                : Future.succeededFuture();
    }

    private Future<Void> look(Cursor cursor, long untilNanos, long pauseMillis) {
        return position(cursor)
                .compose(position -> platform.commands()
                        .query(new FindProjection(projection))
                        .compose(reached -> position.isPresent() && reached.position() >= position.getAsLong()
                                ? Future.succeededFuture()
                                : again(cursor, untilNanos, pauseMillis, reached)));
    }

    private Future<OptionalLong> position(Cursor cursor) {
        if (cursor instanceof Cursor.Write write) {
            return platform.log().positionOf(write.seq());
        }
        return Future.succeededFuture(
                cursor instanceof Cursor.Position at ? OptionalLong.of(at.position()) : OptionalLong.empty());
    }

    private Future<Void> again(
            Cursor cursor, long untilNanos, long pauseMillis, FindProjection.ProjectionReach reached) {
        if (System.nanoTime() >= untilNanos || reached.paused()) {
            return Future.failedFuture(late(reached.paused(), reached.error()));
        }
        return platform.vertx()
                .timer(pauseMillis, TimeUnit.MILLISECONDS)
                .compose(over -> look(cursor, untilNanos, Math.min(2 * pauseMillis, PAUSE_MILLIS_MAX)));
    }

    private Problem late(boolean paused, @Nullable String error) {
        var why = paused
                ? "is paused"
                : error == null ? "has not come so far within " + MAX.toSeconds() + " s" : "has stopped";
        return Problem.unavailable("the projection " + projection + " " + why + "; try again", MAX);
    }
}
