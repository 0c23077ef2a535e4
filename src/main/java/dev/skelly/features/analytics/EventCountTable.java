package dev.skelly.features.analytics;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;

/** The SQL of table {@code event_count}. */
final class EventCountTable {

    /* Rows are locked in the order of their key, so that two groups cannot deadlock. */
    private static final String COUNT = """
            insert into event_count as c (day, type, slot, count)
            select day, type, slot, count(*)
            from unnest($1::date[], $2::text[], $3::smallint[]) as counted (day, type, slot)
            group by day, type, slot
            order by day, type, slot
            on conflict (day, type, slot) do update set count = c.count + excluded.count
            """;

    /* The result is bounded: the registry bounds the types, and the query bounds the days. */
    private static final String SUMMARISE = """
            select day, type, sum(count)::bigint as count
            from event_count
            where day between $1 and $2
            group by day, type
            """;

    private EventCountTable() {}

    static Future<Void> countAll(SqlClient sql, List<CountEvent> events) {
        return sql.preparedQuery(COUNT)
                .execute(Tuple.tuple()
                        .addArrayOfLocalDate(
                                events.stream().map(CountEvent::day).toArray(LocalDate[]::new))
                        .addArrayOfString(events.stream().map(CountEvent::type).toArray(String[]::new))
                        .addArrayOfShort(events.stream()
                                .map(event -> (short) event.slot())
                                .toArray(Short[]::new)))
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
