package dev.skelly.worker;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The SQL that finds what workers have left which the program does not have any more. */
public final class UndeclaredWorkTable {

    /* A checkpoint or a handover means that the worker has a queue, whether or not there is anything else. */
    private static final String FIND = """
            select worker, sum(rows)::bigint as rows
            from (
              select worker, count(*) as rows
              from inbox
              where state not in ('done', 'discarded', 'dead') and worker <> all ($1)
              group by worker
              union all
              select worker, count(*) from dead_letter where state = 'open' and worker <> all ($1) group by worker
              union all
              select worker, 0 from relay_checkpoint where worker <> all ($1)
              union all
              select worker, 0 from handover where worker <> all ($1)
            ) remains
            group by worker
            order by worker
            limit $2
            """;

    private UndeclaredWorkTable() {}

    /**
     * Returns, by name, the workers that have rows, checkpoints or queues and are not declared: for each the number of events that wait for it and
     * of its open dead letters.
     *
     * @param declared the names of the workers of the program
     * @param limit maximum number of workers
     */
    public static Future<Map<String, Long>> find(SqlClient sql, Collection<String> declared, int limit) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(declared.toArray(String[]::new), limit))
                .map(rows -> {
                    var found = new LinkedHashMap<String, Long>();
                    rows.forEach(row -> found.put(row.getString("worker"), row.getLong("rows")));
                    return found;
                });
    }
}
