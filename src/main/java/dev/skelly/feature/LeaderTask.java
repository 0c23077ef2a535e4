package dev.skelly.feature;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;

/**
 * Something small that is done again and again in one place of the cluster: on the node that leads the relay, beside the stamping.
 *
 * <p>Around a change of leader two nodes may do it at once, so a round must be harmless when it is done twice.
 */
public interface LeaderTask {

    /** For the log lines. */
    String name();

    /** From the end of one round to the next; the first comes at once. */
    Duration every();

    /** One bounded round. When it fails it comes again at its time. */
    Future<Void> round(SqlClient sql);
}
