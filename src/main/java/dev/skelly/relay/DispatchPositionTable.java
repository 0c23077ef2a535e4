package dev.skelly.relay;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.Set;

/** The SQL of table {@code relay_checkpoint}, which stores how far each worker's events were handed to the broker. */
final class DispatchPositionTable {

    /*
     * A row that another transaction holds keeps its position until a later write; the other rows move on.
     *
     * A new leader claims every row with its epoch before it sequences events; from then on a former leader's update matches no row.
     */
    private static final String ADVANCE = """
            with mine as (
              select worker
              from relay_checkpoint
              where worker = any ($1::text[]) and epoch = $3
              order by worker
              for no key update skip locked
            ),
            written as (
              update relay_checkpoint c
              set position = greatest(c.position, reached.position)
              from unnest($1::text[], $2::bigint[]) as reached (worker, position)
              join mine using (worker)
              where c.worker = reached.worker and c.epoch = $3
              returning c.worker
            )
            select (select count(*) from relay_checkpoint where worker = any ($1::text[]) and epoch = $3) as owned,
              array (select worker from written) as written
            """;

    private final SqlClient sql;

    DispatchPositionTable(SqlClient sql) {
        this.sql = sql;
    }

    /**
     * Writes checkpoints in one statement and returns the workers whose checkpoint it wrote: all but those whose row another transaction
     * holds. Fails with {@link LeadershipLostException} when a row belongs to another epoch.
     */
    Future<Set<String>> advance(Map<String, Long> reached, long epoch) {
        var workers = reached.keySet().toArray(String[]::new);
        var positions = new Long[workers.length];
        for (var i = 0; i < workers.length; i++) {
            positions[i] = reached.get(workers[i]);
        }
        return sql.preparedQuery(ADVANCE)
                .execute(Tuple.of(workers, positions, epoch))
                .map(rows -> rows.iterator().next())
                .compose(row -> row.getLong("owned") == workers.length
                        ? Future.succeededFuture(Set.of(row.getArrayOfStrings("written")))
                        : Future.failedFuture(new LeadershipLostException(epoch)));
    }
}
