package dev.skelly.stream;

import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogReader;
import dev.skelly.feature.CommandBus;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.function.Supplier;
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
    Future<EventPage> page(
            long after, @Nullable Collection<String> channels, @Nullable Collection<String> types, int limit);

    /** Returns the newest position, 0 for an empty log. */
    Future<Long> head();

    /** Returns the position of a write; empty while it is not sequenced, and for a write that never existed. */
    Future<OptionalLong> positionOf(long seq);

    /** Returns the codec of this log's cursors. */
    Future<CursorCodec> cursors();

    /** Creates the source of a node that holds database connections. */
    static LogSource direct(LogReader log, Supplier<Future<CursorCodec>> cursors) {
        return new LocalLogSource(log, cursors);
    }

    /** Creates the source of a node that uses the persistence role of others; {@link StreamFeature} must be registered there. */
    static LogSource through(CommandBus commands) {
        return new RemoteLogSource(commands);
    }
}
