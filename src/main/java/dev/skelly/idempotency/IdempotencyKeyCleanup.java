package dev.skelly.idempotency;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes expired keys. One on each node that holds database connections; concurrent ones do not conflict. */
public final class IdempotencyKeyCleanup implements Deployable {

    private static final Logger LOGGER = LoggerFactory.getLogger(IdempotencyKeyCleanup.class);
    private static final int ROWS_AT_ONCE = 1_000;

    private final SqlClient sql;
    private final IdempotencyConfig config;
    private @Nullable Vertx vertx; // Confined to the deployment's context, like the fields below.
    private long timer;
    private boolean running;

    /** Sweeps at the interval of {@code config}. */
    public IdempotencyKeyCleanup(SqlClient sql, IdempotencyConfig config) {
        this.sql = sql;
        this.config = config;
    }

    @Override
    public Future<?> deploy(Context context) {
        var here = context.owner();
        vertx = here;
        timer = here.setPeriodic(config.sweep().toMillis(), tick -> tick());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> undeploy(Context context) {
        if (vertx != null) {
            vertx.cancelTimer(timer);
        }
        return Future.succeededFuture();
    }

    private void tick() {
        if (running) {
            return;
        }
        running = true;
        sweep().onComplete(ended -> running = false)
                .onFailure(failure -> LOGGER.atWarn()
                        .setCause(failure)
                        .log("expired idempotency keys could not be deleted; the next sweep tries again"));
    }

    /* Deletes in portions, so that no lock is held for long. */
    private Future<Void> sweep() {
        return IdempotencyKeyTable.sweep(sql, ROWS_AT_ONCE)
                .compose(gone -> gone == ROWS_AT_ONCE ? sweep() : Future.succeededFuture());
    }
}
