package dev.skelly.features.events;

import dev.skelly.eventlog.EventBlockTable;
import dev.skelly.feature.LeaderTask;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;

/** Writes what the blocks of the log contain, for searches. A log of an earlier release gets its rows in the first rounds. */
final class EventBlockWriting implements LeaderTask {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int STEPS_MAX = 50; // A million positions in a round.

    @Override
    public String name() {
        return "event-blocks";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Future<Void> round(SqlClient sql) {
        return write(sql, STEPS_MAX);
    }

    private static Future<Void> write(SqlClient sql, int steps) {
        return EventBlockTable.write(sql)
                .compose(more -> more && steps > 1 ? write(sql, steps - 1) : Future.succeededFuture());
    }
}
