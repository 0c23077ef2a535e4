package dev.skelly.database;

import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Creates bounded connection pools. PostgreSQL's own limits are all off by default and are set here for each session. */
public final class ConnectionPools {

    private static final int IDLE_MINUTES = 5;
    private static final int LIFETIME_MINUTES = 30;

    private ConnectionPools() {}

    /** Creates the pool for commands and queries, shared by all contexts of {@code vertx}. */
    public static Pool open(Vertx vertx, DatabaseAddress address, DatabaseConfig config) {
        return open(vertx, address, config, "skelly", config.poolMax());
    }

    /** Creates a pool of one connection, reopened when it is lost, for uses that must not wait behind commands and queries. */
    public static Pool single(Vertx vertx, DatabaseAddress address, DatabaseConfig config, String applicationName) {
        return open(vertx, address, config, applicationName, 1);
    }

    private static Pool open(
            Vertx vertx, DatabaseAddress address, DatabaseConfig config, String applicationName, int sizeMax) {
        var options = new PoolOptions()
                .setName(applicationName)
                .setMaxSize(sizeMax)
                .setMaxWaitQueueSize(config.waitingMax())
                .setConnectionTimeout((int) config.acquireTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(IDLE_MINUTES)
                .setIdleTimeoutUnit(TimeUnit.MINUTES)
                .setMaxLifetime(LIFETIME_MINUTES)
                .setMaxLifetimeUnit(TimeUnit.MINUTES);
        return PgBuilder.pool()
                .using(vertx)
                .with(options)
                .connectingTo(connectOptions(address, config, applicationName))
                .build();
    }

    /** Returns the connection options of a session, including its limits. */
    public static PgConnectOptions connectOptions(
            DatabaseAddress address, DatabaseConfig config, String applicationName) {
        var options = new PgConnectOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setDatabase(address.database())
                .setUser(address.user())
                .setPassword(address.password())
                .setCachePreparedStatements(true)
                .setProperties(Map.of(
                        "application_name", applicationName,
                        "statement_timeout", millis(config.statementTimeout()),
                        "lock_timeout", millis(config.lockTimeout()),
                        "idle_in_transaction_session_timeout", millis(config.idleInTransactionTimeout())));
        return address.tls()
                ? options.setSslMode(SslMode.VERIFY_FULL)
                        .setSslOptions(new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS"))
                : options.setSslMode(SslMode.DISABLE);
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }
}
