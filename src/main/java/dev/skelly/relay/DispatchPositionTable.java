package dev.skelly.relay;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Map;

/** The SQL of table {@code relay_checkpoint}, which stores how far each worker's events were handed to the broker. */
final class DispatchPositionTable {

    /* A new leader claims every row with its epoch before it sequences events; from then on a former leader's update matches no row. */
    private static final String ADVANCE = """
            update relay_checkpoint c
            set position = greatest(c.position, reached.position)
            from unnest($1::text[], $2::bigint[]) as reached (worker, position)
            where c.worker = reached.worker and c.epoch = $3
            """;

    private final SqlClient sql;

    DispatchPositionTable(SqlClient sql) {
        this.sql = sql;
    }

    /** Writes all checkpoints in one statement. Fails with {@link LeadershipLostException} when a row belongs to another epoch. */
    Future<Void> advance(Map<String, Long> reached, long epoch) {
        var workers = reached.keySet().toArray(String[]::new);
        var positions = new Long[workers.length];
        for (var i = 0; i < workers.length; i++) {
            positions[i] = reached.get(workers[i]);
        }
        return sql.preparedQuery(ADVANCE)
                .execute(Tuple.of(workers, positions, epoch))
                .compose(rows -> rows.rowCount() == workers.length
                        ? Future.succeededFuture()
                        : Future.failedFuture(new LeadershipLostException(epoch)));
    }
}
