package dev.skelly.features.events;

import dev.skelly.eventlog.SubjectHeadTable;
import dev.skelly.feature.LeaderTask;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Deletes the heads of subjects that get an event or two and no more: the notifications of how work on an emitted event ended. Other heads stay,
 * because a command may expect their version. Each round goes on where the last one ended; a new leader begins again.
 */
final class SubjectHeadCleanup implements LeaderTask {

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final List<String> TYPES = List.of("event.processed", "event.failed");
    private static final int PAGES_MAX = 100; // Of one type in one round.

    private final EventsConfig config;
    private final Clock clock;
    private final Map<String, Long> reached = new HashMap<>(); // Confined to the leader's context.

    SubjectHeadCleanup(EventsConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "subject-heads";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Future<Void> round(SqlClient sql) {
        var before = clock.instant().minus(config.headsKept());
        Future<Void> done = Future.succeededFuture();
        for (var type : TYPES) {
            done = done.compose(next -> sweep(sql, type, before, PAGES_MAX));
        }
        return done;
    }

    private Future<Void> sweep(SqlClient sql, String type, Instant before, int pages) {
        var after = reached.getOrDefault(type, 0L);
        return SubjectHeadTable.forget(sql, type, before, after).compose(upTo -> {
            reached.put(type, upTo);
            return upTo <= after || pages == 1 ? Future.succeededFuture() : sweep(sql, type, before, pages - 1);
        });
    }
}
