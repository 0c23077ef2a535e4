package dev.skelly.features.events;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes, every few minutes, old ids that callers chose. Any number of nodes may run it. */
public final class EventIdCleanup implements Deployable {

    private static final Logger LOGGER = LoggerFactory.getLogger(EventIdCleanup.class);
    private static final long PERIOD_MILLIS = Duration.ofMinutes(10).toMillis();

    private final SqlClient sql;
    private final EventsConfig config;
    private final Clock clock;
    private @Nullable Long timer; // Confined to the deployment's context.

    /** Creates the task. It deletes through {@code sql}. */
    public EventIdCleanup(SqlClient sql, EventsConfig config, Clock clock) {
        this.sql = sql;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Future<?> deploy(Context context) {
        next(context.owner(), PERIOD_MILLIS);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> undeploy(Context context) {
        if (timer != null) {
            context.owner().cancelTimer(timer);
        }
        return Future.succeededFuture();
    }

    private void next(Vertx vertx, long millis) {
        timer = vertx.setTimer(millis, tick -> sweep().onComplete(forgotten -> next(vertx, PERIOD_MILLIS)));
    }

    /** Deletes all ids that are old enough. Never fails. */
    Future<Void> sweep() {
        return EventIdTable.forget(sql, clock.instant().minus(config.idsKept()))
                .onFailure(failure -> LOGGER.atWarn()
                        .addKeyValue("cause", failure.toString())
                        .log("old event ids cannot be deleted, will try again"))
                .compose(forgotten -> forgotten == EventIdTable.ROWS_MAX ? sweep() : Future.succeededFuture())
                .otherwiseEmpty();
    }
}
