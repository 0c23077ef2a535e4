package dev.skelly.features.events;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The SQL that deletes old ids that callers chose. */
final class EventIdTable {

    static final int ROWS_MAX = 10_000;

    private EventIdTable() {}

    /** Deletes some of those from before an instant. Returns how many. */
    static Future<Integer> forget(SqlClient sql, Instant before) {
        return sql.preparedQuery("""
                        delete from event_key
                        where id in (select id from event_key where time < $1 order by time limit $2 for update skip locked)
                        """)
                .execute(Tuple.of(OffsetDateTime.ofInstant(before, ZoneOffset.UTC), ROWS_MAX))
                .map(rows -> rows.rowCount());
    }
}
