package dev.skelly.features.events;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** The SQL that compares events with what has a position. */
final class UnsequencedTable {

    /* Each row is found by its key: the oldest event without a position is behind all entries that a long snapshot keeps in its index. */
    private static final String FIND = """
            select array (select seq from event where seq = any ($1) and position is null order by seq) as unsequenced,
              coalesce((select seq from event order by seq desc limit 1), 0) as newest
            """;

    private UnsequencedTable() {}

    static Future<FindUnsequenced.UnsequencedEvents> find(SqlClient sql, FindUnsequenced query) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(query.seqs().toArray(Long[]::new)))
                .map(rows -> rows.iterator().next())
                .map(row -> new FindUnsequenced.UnsequencedEvents(
                        List.of(row.getArrayOfLongs("unsequenced")), row.getLong("newest")));
    }
}
