package dev.skelly.eventlog;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/**
 * The SQL of table {@code event_block}, which says what each block of 1,000 positions contains. Searches use it to pass over blocks without a
 * match, and read all events after the last row as if each might match.
 */
public final class EventBlockTable {

    private static final long POSITIONS = 1_000;

    private static final int BLOCKS_AT_ONCE = 20;

    /* Visible positions are a prefix, so a block below the head is complete. Where events were dropped, the next rows begin at the first one left. */
    private static final String NEXT = """
            select (coalesce((select min(position) from event where position > done.up_to), head.head + 1) - 1) / $1::bigint * $1::bigint as after,
              head.head / $1::bigint * $1::bigint as complete
            from (select coalesce(max(up_to), 0) as up_to from event_block) done
            cross join log_head() as head (head)
            """;

    private static final String WRITE = """
            with block as (
              select (position + $3::bigint - 1) / $3::bigint * $3::bigint as up_to, min(time) as earliest, max(time) as latest,
                array_agg(distinct type) as types
              from event
              where position > $1::bigint and position <= $2::bigint
              group by 1
            ),
            marked as (
              select (e.position + $3::bigint - 1) / $3::bigint * $3::bigint as up_to, array_agg(distinct event_mark(named.name)) as marks
              from event e
              cross join lateral (select unnest(e.channels) as name union all select e.actor::text where e.actor is not null) named
              where e.position > $1::bigint and e.position <= $2::bigint
              group by 1
            )
            insert into event_block (up_to, earliest, latest, types, marks)
            select up_to, earliest, latest, types, coalesce(marks, '{}')
            from block
            left join marked using (up_to)
            on conflict (up_to) do nothing
            """;

    private EventBlockTable() {}

    /**
     * The SQL that says whether a block may contain an event of a page of the log. The arguments are the places of the page's parameters, such as
     * {@code $3}.
     */
    static String mayContain(String channels, String types, String actor) {
        return """
                (((%1$s::text[] is null or marks && array(select event_mark(name) from unnest(%1$s::text[]) as name))
                    and (%2$s::text[] is null or types && %2$s::text[]))
                  or marks && array[event_mark(%3$s::uuid::text)])""".formatted(channels, types, actor);
    }

    /**
     * Writes rows for the next complete blocks, some at a time. May run twice at once.
     *
     * @return whether more complete blocks may follow
     */
    public static Future<Boolean> write(SqlClient sql) {
        return sql.preparedQuery(NEXT)
                .execute(Tuple.of(POSITIONS))
                .map(rows -> rows.iterator().next())
                .compose(row -> write(sql, row.getLong("after"), row.getLong("complete")));
    }

    private static Future<Boolean> write(SqlClient sql, long after, long complete) {
        var upTo = Math.min(complete, after + POSITIONS * BLOCKS_AT_ONCE);
        if (upTo <= after) {
            return Future.succeededFuture(false);
        }
        return sql.preparedQuery(WRITE)
                .execute(Tuple.of(after, upTo, POSITIONS))
                .map(written -> upTo < complete);
    }
}
