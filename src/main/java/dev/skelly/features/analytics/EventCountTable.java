package dev.skelly.features.analytics;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/** The SQL of table {@code event_count}. */
final class EventCountTable {

    private static final String COUNT = """
            insert into event_count as c (day, type, slot, count)
            values ($1, $2, $3, 1)
            on conflict (day, type, slot) do update set count = c.count + 1
            """;

    /* The result is bounded: the registry bounds the types, and the query bounds the days. */
    private static final String SUMMARISE = """
            select day, type, sum(count)::bigint as count
            from event_count
            where day between $1 and $2
            group by day, type
            """;

    private EventCountTable() {}

    static Future<Void> count(SqlClient sql, CountEvent command) {
        return sql.preparedQuery(COUNT)
                .execute(Tuple.of(command.day(), command.type(), (short) command.slot()))
                .mapEmpty();
    }

    static Future<EventSummary> summarise(SqlClient sql, Summarise query) {
        return sql.preparedQuery(SUMMARISE)
                .execute(Tuple.of(query.from(), query.to()))
                .map(rows -> rows.stream().map(EventCountTable::count).toList())
                .map(counts -> EventSummary.of(query.from(), query.to(), counts));
    }

    private static EventSummary.Count count(Row row) {
        return new EventSummary.Count(row.getLocalDate("day"), row.getString("type"), row.getLong("count"));
    }
}
