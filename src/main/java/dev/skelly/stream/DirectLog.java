package dev.skelly.stream;

import dev.skelly.log.Cursors;
import dev.skelly.log.LogReader;
import dev.skelly.log.Page;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads through this node's own database connections. */
record DirectLog(LogReader log, Supplier<Future<Cursors>> identity) implements LogSource {

    @Override
    public Future<Page> page(
            long after, @Nullable Collection<String> channels, @Nullable Collection<String> types, int limit) {
        return log.page(after, channels, types, limit);
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
    public Future<Cursors> cursors() {
        return identity.get();
    }
}
