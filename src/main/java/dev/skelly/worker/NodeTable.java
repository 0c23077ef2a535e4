package dev.skelly.worker;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;

/** The SQL of table {@code work_node}: which processes work, and whether one was killed lately. Times are the database's. */
final class NodeTable {

    /* A time far ahead is of a clock that was set back since: a process that works has written a new one. */
    /* Each process that looks sees a lost one at least once, because the count does not see the deletion of the same statement. */
    private static final String PRESENT = """
            with mine as (
              insert into work_node (node, seen_at)
              values ($1, clock_timestamp())
              on conflict (node) do update set seen_at = excluded.seen_at
            ),
            gone as (
              delete from work_node where node <> $1 and abs(extract(epoch from statement_timestamp() - seen_at)) * 1000 > 3 * $2::bigint
            )
            select count(*) from work_node where node <> $1 and abs(extract(epoch from statement_timestamp() - seen_at)) * 1000 > $2::bigint
            """;

    private final String node;
    private final long claimMillis;

    NodeTable(String node, Duration claim) {
        this.node = node;
        this.claimMillis = claim.toMillis();
    }

    /** Records that this process works; returns whether another one ended without saying so. */
    Future<Boolean> present(SqlClient sql) {
        return sql.preparedQuery(PRESENT)
                .execute(Tuple.of(node, claimMillis))
                .map(rows -> rows.iterator().next().getLong(0) > 0);
    }

    /** Records that this process does not work any more. */
    Future<Void> left(SqlClient sql) {
        return sql.preparedQuery("delete from work_node where node = $1")
                .execute(Tuple.of(node))
                .mapEmpty();
    }
}
