package dev.skelly.database;

import java.time.Duration;

/**
 * Settings of the database connections, under {@code db}.
 *
 * @param poolMax connections per node for commands and queries
 * @param waitingMax commands that may wait for a connection
 * @param acquireTimeout maximum wait for a connection before 503
 * @param statementTimeout after which PostgreSQL ends a statement
 * @param lockTimeout after which PostgreSQL gives up waiting for a lock
 * @param idleInTransactionTimeout after which PostgreSQL ends a session that left its transaction open
 * @param underwayMax commands and queries that a node runs at once; beyond it callers get 503
 */
public record DatabaseConfig(
        int poolMax,
        int waitingMax,
        Duration acquireTimeout,
        Duration statementTimeout,
        Duration lockTimeout,
        Duration idleInTransactionTimeout,
        int underwayMax) {

    /** The default settings. */
    public static final DatabaseConfig DEFAULT = new DatabaseConfig(
            10, 200, Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10), 512);

    /** Rejects bounds below one and times that are not positive. */
    public DatabaseConfig {
        atLeastOne("db.pool-max", poolMax);
        atLeastOne("db.waiting-max", waitingMax);
        atLeastOne("db.underway-max", underwayMax);
        positive("db.acquire-timeout", acquireTimeout);
        positive("db.statement-timeout", statementTimeout);
        positive("db.lock-timeout", lockTimeout);
        positive("db.idle-in-transaction-timeout", idleInTransactionTimeout);
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: at least 1)");
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(key + ": " + value + " (expected: more than 0)");
        }
    }
}
