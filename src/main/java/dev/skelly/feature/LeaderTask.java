package dev.skelly.feature;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;

/**
 * Runs a small recurring job in one place of the cluster: on the node that leads the relay, independent of sequencing.
 *
 * <p>Two nodes may run it at once around a change of leader, so a round must be idempotent.
 */
public interface LeaderTask {

    /** The name used in log lines. */
    String name();

    /** The pause between the end of one round and the start of the next; the first round starts at once. */
    Duration every();

    /** Runs one bounded round. A failed round is repeated at its next time. */
    Future<Void> round(SqlClient sql);
}
