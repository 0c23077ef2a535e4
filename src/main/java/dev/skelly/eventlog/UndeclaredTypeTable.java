package dev.skelly.eventlog;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The SQL that finds event types that the log holds and the program does not declare. */
public final class UndeclaredTypeTable {

    /** The greatest number of events of a type that is counted. */
    public static final int COUNT_MAX = 100_000;

    /**
     * A stored type that is not declared.
     *
     * @param events how many events it has, at most {@link #COUNT_MAX}
     * @param last time of the newest one
     */
    public record UndeclaredType(String type, long events, Instant last) {}

    /* Goes from type to type by the index instead of reading every event. */
    private static final String FIND = """
            with recursive stored as (
              (select type from event where position is not null order by type limit 1)
              union all
              select (select e.type from event e where e.position is not null and e.type > s.type order by e.type limit 1)
              from stored s
              where s.type is not null
            )
            select s.type, newest.time,
              (select count(*) from (select from event e where e.type = s.type and e.position is not null limit $3::int) counted) as events
            from stored s
            cross join lateral (
              select e.time from event e where e.type = s.type and e.position is not null order by e.position desc limit 1
            ) newest
            where s.type <> all ($1)
            order by s.type
            limit $2::int
            """;

    private UndeclaredTypeTable() {}

    /**
     * Returns, by name, stored types that are not among the known ones.
     *
     * @param known present and former names of the declared types
     */
    public static Future<List<UndeclaredType>> find(SqlClient sql, Collection<String> known, int limit) {
        return sql.preparedQuery(FIND)
                .execute(Tuple.of(known.toArray(String[]::new), limit, COUNT_MAX))
                .map(rows -> rows.stream()
                        .map(row -> new UndeclaredType(
                                row.getString("type"),
                                row.getLong("events"),
                                row.getOffsetDateTime("time").toInstant()))
                        .toList());
    }
}
