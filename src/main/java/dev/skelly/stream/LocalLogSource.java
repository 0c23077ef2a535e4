package dev.skelly.stream;

import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogReader;
import dev.skelly.eventlog.LogSource;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the log through this node's own database connections. */
public record LocalLogSource(LogReader log, Supplier<Future<CursorCodec>> identity) implements LogSource {

    @Override
    public Future<EventPage> page(
            long after,
            @Nullable Collection<String> channels,
            @Nullable Collection<String> types,
            @Nullable UUID actor,
            int limit) {
        return log.page(after, channels, types, actor, limit);
    }

    @Override
    public Future<Long> count(
            long after,
            @Nullable Collection<String> channels,
            @Nullable Collection<String> types,
            @Nullable UUID actor,
            long max) {
        return log.count(after, channels, types, actor, max);
    }

    @Override
    public Future<Long> head() {
        return log.head();
    }

    @Override
    public Future<OptionalLong> positionOf(long seq) {
        return log.positionOf(seq);
    }

    @Override
    public Future<CursorCodec> cursors() {
        return identity.get();
    }
}
