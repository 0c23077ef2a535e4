package dev.skelly.features.events;

import dev.skelly.feature.LeaderTask;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;

/** Deletes old ids that callers chose. */
final class EventIdCleanup implements LeaderTask {

    private static final Duration EVERY = Duration.ofMinutes(10);

    private final EventsConfig config;
    private final Clock clock;

    EventIdCleanup(EventsConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "event-ids";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public Future<Void> round(SqlClient sql) {
        return EventIdTable.forget(sql, clock.instant().minus(config.idsKept()))
                .compose(forgotten -> forgotten == EventIdTable.ROWS_MAX ? round(sql) : Future.succeededFuture());
    }
}
