package dev.skelly.feature;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;

/**
 * Prepares the database when a node with the persistence role starts: after the migrations and before the node serves requests, in the order
 * of registration. Nodes may start at once, so a step must be idempotent.
 */
@FunctionalInterface
public interface StartupStep {

    /**
     * Runs the step. Commands are executed already.
     *
     * @return a failed future stops the start
     */
    Future<?> run(SqlClient sql);
}
