package dev.skelly.features.history;

import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.EventPage;
import dev.skelly.eventlog.LogReader;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL of history. */
final class HistoryTable {

    /** The maximum number of rows that one page examines, so that events that the reader may not see do not make a page slow. */
    static final int LOOKED_MAX = 2_000;

    /*
     * The statement contains only the conditions that are asked for, so that the planner uses their index. Indexed conditions come first and
     * bound the rows examined; the others filter those rows.
     */
    private static final String PAGE = """
            with %5$s looked as materialized (
              select position, type, channels, time
              from event
              where position > $1::bigint %1$s
              order by position %3$s
              limit $2::int
            )
            select head.head, edge.looked, edge.last, e.position, e.id, e.type, e.type_version, e.source, e.subject, e.subject_version,
              e.actor, e.correlation, e.causation, e.time, e.channels, e.data::text as data, e.traceparent, e.sealed
            from log_head() as head (head)
            cross join (select count(*) as looked, %4$s(position) as last from looked) edge
            left join lateral (
              select event.*
              from (select position from looked where true %2$s order by position %3$s limit $3::int) found
              join event on event.position = found.position
            ) e on true
            order by e.position %3$s
            """;

    /*
     * Between which positions events of the asked times are: from the first block of 1,000 after the page's start that may have one to the last
     * such block before its end. Positions that no block has yet may have one, too.
     */
    private static final String REACH = """
            reach as materialized (
              select coalesce(
                  (select up_to - 1000 from event_block where up_to > $1::bigint %1$s order by up_to limit 1),
                  marked.up_to) as after,
                case
                  when edge.before > marked.up_to + 1 then edge.before - 1
                  else coalesce(
                    (select up_to from event_block where up_to < edge.before + 999 %1$s order by up_to desc limit 1),
                    0)
                end as up_to
              from (select coalesce(max(up_to), 0) as up_to from event_block) marked
              cross join (select least(%2$s::bigint, 1::bigint << 62) as before) edge
            ),""";

    private static final String AFTER = " and position > (select after from reach)";

    /* Only with the newest first: two bounds make the planner expect few rows, so that it may sort all of them. */
    private static final String UP_TO = " and position <= (select up_to from reach)";

    /** Builds a statement and its parameters. */
    private static final class Conditions {

        private final Tuple parameters;
        private final StringBuilder indexed = new StringBuilder();
        private final StringBuilder tested = new StringBuilder();
        private final StringBuilder blocks = new StringBuilder();

        private Conditions(Tuple parameters) {
            this.parameters = parameters;
        }

        private void add(StringBuilder where, String condition, @Nullable Object value) {
            if (value != null) {
                var place = parameters.addValue(value).size();
                where.append(" and ").append(condition.formatted("$" + place));
            }
        }
    }

    private HistoryTable() {}

    static Future<EventPage> page(SqlClient sql, ReadHistory query) {
        var asked = new Conditions(Tuple.of(query.after(), LOOKED_MAX, query.limit()));
        asked.add(asked.indexed, "subject = %s::text", query.subject());
        asked.add(asked.indexed, "correlation = %s::uuid", query.correlation());
        asked.add(asked.indexed, "actor = %s::uuid", query.actor());
        asked.add(asked.indexed, "position < %s::bigint", query.before());
        types(asked, query.types());
        asked.add(asked.tested, "channels && %s::text[]", array(query.channels()));
        asked.add(asked.tested, "time >= %s::timestamptz", time(query.since()));
        asked.add(asked.tested, "time < %s::timestamptz", time(query.until()));
        var reach = reach(asked, query);
        var order = query.newestFirst() ? "desc" : "asc";
        var edge = query.newestFirst() ? "min" : "max";
        return sql.preparedQuery(PAGE.formatted(asked.indexed, asked.tested, order, edge, reach))
                .execute(asked.parameters)
                .map(rows -> page(rows, query));
    }

    private static String reach(Conditions asked, ReadHistory query) {
        if (query.since() == null && query.until() == null) {
            return "";
        }
        asked.add(asked.blocks, "latest >= %s::timestamptz", time(query.since()));
        asked.add(asked.blocks, "earliest < %s::timestamptz", time(query.until()));
        asked.indexed.append(AFTER).append(query.newestFirst() ? UP_TO : "");
        var before = asked.parameters.addValue(query.before()).size();
        return REACH.formatted(asked.blocks, "$" + before);
    }

    /* Whole names use the index; a pattern is a filter. */
    private static void types(Conditions asked, @Nullable List<String> types) {
        if (types == null) {
            return;
        }
        if (types.stream().noneMatch(type -> type.endsWith(".*"))) {
            asked.add(asked.indexed, "type = any (%s::text[])", array(types));
            return;
        }
        var patterns = types.stream()
                .map(type -> type.endsWith(".*") ? type.substring(0, type.length() - 1) + "%" : type)
                .toList();
        asked.add(asked.tested, "type like any (%s::text[])", array(patterns));
    }

    private static String @Nullable [] array(@Nullable List<String> values) {
        return values == null ? null : values.toArray(String[]::new);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant time) {
        return time == null ? null : OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    private static long end(ReadHistory query, long head) {
        return query.newestFirst() ? 0 : Math.max(query.after(), head);
    }

    private static EventPage page(RowSet<Row> rows, ReadHistory query) {
        var events = new ArrayList<StoredEvent>();
        var head = 0L;
        var upTo = query.after();
        for (var row : rows) {
            head = row.getLong("head");
            upTo = row.getLong("looked") == LOOKED_MAX ? row.getLong("last") : end(query, head);
            if (row.getLong("position") != null) {
                events.add(LogReader.envelope(row));
            }
        }
        /* With the newest first, 0 says that nothing older is left. */
        var full = events.size() == query.limit();
        return new EventPage(events, full ? events.get(events.size() - 1).position() : upTo, head);
    }
}
