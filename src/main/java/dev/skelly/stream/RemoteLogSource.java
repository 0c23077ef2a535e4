package dev.skelly.stream;

import dev.skelly.eventlog.CursorCodec;
import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogSource;
import dev.skelly.feature.CommandBus;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the log through any node that has the persistence role. */
public record RemoteLogSource(CommandBus commands) implements LogSource {

    @Override
    public Future<EventPage> page(
            long after,
            @Nullable Collection<String> channels,
            @Nullable Collection<String> types,
            @Nullable UUID actor,
            int limit) {
        return commands.query(new ReadPage(after, list(channels), list(types), actor, limit));
    }

    @Override
    public Future<Long> count(
            long after,
            @Nullable Collection<String> channels,
            @Nullable Collection<String> types,
            @Nullable UUID actor,
            long max) {
        return commands.query(new CountMissed(after, list(channels), list(types), actor, max))
                .map(CountMissed.MissedCount::events);
    }

    private static @Nullable List<String> list(@Nullable Collection<String> values) {
        return values == null ? null : List.copyOf(values);
    }

    @Override
    public Future<Long> head() {
        return commands.query(new FindNewestPosition()).map(FindNewestPosition.Head::position);
    }

    @Override
    public Future<OptionalLong> positionOf(long seq) {
        return commands.query(new FindPosition(seq)).map(FindPosition.FoundPosition::asOptional);
    }

    @Override
    public Future<CursorCodec> cursors() {
        return commands.query(new ReadIdentity())
                .map(identity -> new CursorCodec(identity.epoch(), identity.cursorKey()));
    }
}
