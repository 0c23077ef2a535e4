package dev.skelly.eventlog;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the log for streams. Safe on any context; a failed future means that the log is temporarily unreachable. */
public interface LogSource {

    /**
     * Reads the next page after a position.
     *
     * @param channels only events with at least one of these; null for all
     * @param types only these stored types; null for all
     * @param limit maximum number of events
     */
    default Future<EventPage> page(
            long after, @Nullable Collection<String> channels, @Nullable Collection<String> types, int limit) {
        return page(after, channels, types, null, limit);
    }

    /**
     * Reads the next page after a position, with everything that an account caused.
     *
     * @param actor all events of this account besides those that the other parameters select; null for no others
     */
    Future<EventPage> page(
            long after,
            @Nullable Collection<String> channels,
            @Nullable Collection<String> types,
            @Nullable UUID actor,
            int limit);

    /**
     * Counts the events after a position that pages with these filters contain.
     *
     * @param max the count stops there
     * @return at most {@code max}; {@code max} also when more than a million positions have to be examined
     */
    Future<Long> count(
            long after,
            @Nullable Collection<String> channels,
            @Nullable Collection<String> types,
            @Nullable UUID actor,
            long max);

    /** Returns the newest position, 0 for an empty log. */
    Future<Long> head();

    /** Returns the position of a write; empty while it is not sequenced, and for a write that never existed. */
    Future<OptionalLong> positionOf(long seq);

    /** Returns the codec of this log's cursors. */
    Future<CursorCodec> cursors();
}
