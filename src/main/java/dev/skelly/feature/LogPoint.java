package dev.skelly.feature;

import dev.skelly.event.Rfc3339;
import dev.skelly.eventlog.Cursor;
import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.LogSource;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A point of the past, which a caller names by a time or a cursor.
 *
 * @param position of the last event before it; null if the time is given, or for now
 * @param time of it; null if the position is given, or for now
 */
public record LogPoint(@Nullable Long position, @Nullable Instant time) {

    /** Now. */
    public static final LogPoint NOW = new LogPoint(null, null);

    /**
     * A parameter that names a point.
     *
     * @param name of the parameter
     * @param value null without the parameter
     */
    public record Named(String name, @Nullable Object value) {}

    /** Returns whether it is now. */
    public boolean now() {
        return position == null && time == null;
    }

    /** Reads a parameter; a fault is added to those of {@code parameters}. */
    public static Named read(QueryParameters parameters, String name, CursorCodec cursors) {
        return new Named(
                name,
                parameters.value(name, "an RFC 3339 time or a cursor of this log", text -> moment(text, cursors)));
    }

    private static @Nullable Object moment(String text, CursorCodec cursors) {
        var cursor = cursors.read(text).orElse(null);
        if (cursor != null) {
            return cursor instanceof Cursor.Foreign ? null : cursor;
        }
        return Rfc3339.time(text).orElse(null);
    }

    /** Returns the point; fails with {@link Problem} 422 if it lies in the future. */
    public static Future<LogPoint> of(Named at, LogSource log, Clock clock) {
        if (at.value() instanceof Instant time) {
            return time.isAfter(clock.instant())
                    ? Future.failedFuture(Problem.invalid(at.name(), "future", "must not be in the future"))
                    : Future.succeededFuture(new LogPoint(null, time));
        }
        if (at.value() instanceof Cursor.Position position) {
            return log.head().map(head -> {
                if (position.position() > head) {
                    throw Problem.invalid(at.name(), "future", "must not be after the newest event");
                }
                return new LogPoint(position.position(), null);
            });
        }
        return at.value() instanceof Cursor.Write write
                ? log.positionOf(write.seq()).map(LogPoint::sequenced)
                : Future.succeededFuture(NOW);
    }

    /* A write that is not sequenced yet is later than all positions. */
    private static LogPoint sequenced(OptionalLong position) {
        return position.isPresent() ? new LogPoint(position.getAsLong(), null) : NOW;
    }
}
