package dev.skelly.relay;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Creates the relay's own database sessions, so that no command that waits for a connection delays it. */
final class RelayConnections {

    private static final int READERS = 2;
    private static final int READERS_WAITING_MAX = 100;
    private static final int ACQUIRE_SECONDS = 5;

    private RelayConnections() {}

    /* The limits are PostgreSQL's own; its server detects a dead peer after 5 s of silence and three unanswered probes. */
    static PgConnectOptions options(PgConnectOptions database, String application) {
        return new PgConnectOptions(database)
                .setCachePreparedStatements(true)
                .setProperties(Map.of(
                        "application_name", application,
                        "statement_timeout", "5000",
                        "lock_timeout", "1000",
                        "jit", "off",
                        "tcp_keepalives_idle", "5",
                        "tcp_keepalives_interval", "2",
                        "tcp_keepalives_count", "3"));
    }

    /** Creates the pool that reads the log for dispatch and writes checkpoints. */
    static Pool readers(Vertx vertx, PgConnectOptions database) {
        return PgBuilder.pool()
                .using(vertx)
                .with(new PoolOptions()
                        .setMaxSize(READERS)
                        .setMaxWaitQueueSize(READERS_WAITING_MAX)
                        .setConnectionTimeout(ACQUIRE_SECONDS)
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .connectingTo(options(database, "skelly-relay-reader"))
                .build();
    }
}
