package dev.skelly.stream;

import dev.skelly.feature.Commands;
import dev.skelly.log.Cursors;
import dev.skelly.log.Page;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Asks whichever node has the persistence role. */
record RemoteLog(Commands commands) implements LogSource {

    @Override
    public Future<Page> page(
            long after, @Nullable Collection<String> channels, @Nullable Collection<String> types, int limit) {
        return commands.ask(new ReadPage(after, list(channels), list(types), limit));
    }

    private static @Nullable List<String> list(@Nullable Collection<String> values) {
        return values == null ? null : List.copyOf(values);
    }

    @Override
    public Future<Long> head() {
        return commands.ask(new ReadHead()).map(ReadHead.Head::position);
    }

    @Override
    public Future<OptionalLong> positionOf(long seq) {
        return commands.ask(new FindPosition(seq)).map(FindPosition.Found::asOptional);
    }

    @Override
    public Future<Cursors> cursors() {
        return commands.ask(new ReadIdentity()).map(identity -> new Cursors(identity.epoch(), identity.cursorKey()));
    }
}
