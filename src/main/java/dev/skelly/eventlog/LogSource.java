package dev.skelly.eventlog;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where a stream reads the log. Safe on any context; a failed future means that the log is out of reach for now. */
public interface LogSource {

    /**
     * The next stretch after a position.
     *
     * @param channels only events with at least one of these; null for all
     * @param types only these stored types; null for all
     * @param limit events at most
     */
    Future<EventPage> page(
            long after, @Nullable Collection<String> channels, @Nullable Collection<String> types, int limit);

    /** The newest position, 0 for an empty log. */
    Future<Long> head();

    /** The position of a write; empty while it is not stamped, and for a write that never was. */
    Future<OptionalLong> positionOf(long seq);

    /** What reads and writes the cursors of this log. */
    Future<CursorCodec> cursors();
}
