package dev.skelly.eventlog;

import dev.skelly.event.StoredEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the sequenced log, always from the primary: a replica may show commits in another order. Safe on any context. */
public final class LogReader {

    /** The maximum number of positions that one page examines: bounds the cost of a page in which a reader may see nothing. */
    static final int WINDOW = 5_000;

    /** The maximum number of positions that one page passes over by their blocks. */
    static final long PASSED_MAX = 10_000_000;

    /** The maximum number of blocks in which {@link #count} counts. */
    static final int COUNTED_BLOCKS_MAX = 1_000;

    private static final String MAY_CONTAIN = EventBlockTable.mayContain("$3", "$4", "$5");

    private static final String MATCHES = """
            ((($3::text[] is null or channels && $3) and ($4::text[] is null or type = any ($4))) or actor = $5::uuid)""";

    /* After the last position before the first block that may contain an event of the page. */
    private static final String START = """
            select greatest($1::bigint, coalesce(
              (
                select up_to - 1000
                from event_block
                where up_to > $1::bigint and up_to <= $1::bigint + $7::bigint and %s
                order by up_to
                limit 1
              ),
              least(coalesce((select max(up_to) from event_block), 0), $1::bigint + $7::bigint))) as after
            """.formatted(MAY_CONTAIN);

    /* The head is read in the same statement as the rows: two statements would be two snapshots. */
    private static final String PAGE = """
            with start as materialized (%s)
            select head.head, start.after, e.position, e.id, e.type, e.type_version, e.source, e.subject, e.subject_version, e.actor, e.correlation,
              e.causation, e.time, e.channels, e.data::text as data, e.traceparent, e.sealed
            from log_head() as head (head)
            cross join start
            left join lateral (
              select *
              from event
              where position > (select after from start) and position <= (select after from start) + $2::int and %s
              order by position
              limit $6::int
            ) e on true
            order by e.position
            """;

    private static final String FILTERED = PAGE.formatted(START, MATCHES);

    /* Every block contains an event of a page without filters. */
    private static final String WHOLE = PAGE.formatted("select $1::bigint as after", MATCHES);

    /* The limit within a part keeps the planner from reading the log as a whole. */
    private static final String COUNT = """
            with last as materialized (select coalesce(max(up_to), 0) as up_to from event_block),
            part as materialized (
              (
                select up_to - 1000 as after, up_to
                from event_block
                where up_to > $1::bigint and %s
                order by up_to
                limit $7::int
              )
              union all
              select n, n + 1000
              from last
              cross join lateral generate_series(greatest(last.up_to, $1::bigint), log_head() - 1, 1000) as rest (n)
              limit $7::int
            )
            select case when (select count(*) from part) = $7::int then $6::bigint else (
              select count(*)
              from (
                select 1
                from part
                cross join lateral (
                  select 1
                  from event
                  where position > greatest(part.after, $1::bigint) and position <= part.up_to and %s
                  limit $2::int
                ) e
                limit $6::bigint
              ) found
            ) end
            """.formatted(MAY_CONTAIN, MATCHES);

    private static final String BY_ID = """
            select position, id, type, type_version, source, subject, subject_version, actor, correlation, causation, time, channels,
              data::text as data, traceparent, sealed
            from event
            where id = any ($1) and position is not null
            """;

    private final SqlClient sql;

    /** Reads through {@code sql}. */
    public LogReader(SqlClient sql) {
        this.sql = sql;
    }

    /**
     * Reads the next page after a position.
     *
     * @param channels only events with at least one of these; null for all
     * @param types only these stored types; null for all
     * @param limit maximum number of events
     */
    public Future<EventPage> page(
            long after, @Nullable Collection<String> channels, @Nullable Collection<String> types, int limit) {
        return page(after, channels, types, null, limit);
    }

    /**
     * Reads the next page after a position, with everything that an account caused.
     *
     * @param actor all events of this account besides those that the other parameters select; null for no others
     */
    public Future<EventPage> page(
            long after,
            @Nullable Collection<String> channels,
            @Nullable Collection<String> types,
            @Nullable UUID actor,
            int limit) {
        var all = channels == null && types == null;
        var parameters = parameters(after, channels, types, actor).addInteger(limit);
        return sql.preparedQuery(all ? WHOLE : FILTERED)
                .execute(all ? parameters : parameters.addLong(PASSED_MAX))
                .map(rows -> page(rows, after, limit));
    }

    /**
     * Counts the events after a position that pages with these filters contain.
     *
     * @param max the count stops there
     * @return at most {@code max}; {@code max} also when more than a million positions have to be examined
     */
    public Future<Long> count(
            long after,
            @Nullable Collection<String> channels,
            @Nullable Collection<String> types,
            @Nullable UUID actor,
            long max) {
        return sql.preparedQuery(COUNT)
                .execute(parameters(after, channels, types, actor).addLong(max).addInteger(COUNTED_BLOCKS_MAX + 1))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static Tuple parameters(
            long after,
            @Nullable Collection<String> channels,
            @Nullable Collection<String> types,
            @Nullable UUID actor) {
        return Tuple.tuple()
                .addLong(after)
                .addInteger(WINDOW)
                .addArrayOfString(array(channels))
                .addArrayOfString(array(types))
                .addUUID(actor);
    }

    private static String @Nullable [] array(@Nullable Collection<String> values) {
        return values == null ? null : values.toArray(String[]::new);
    }

    private static EventPage page(RowSet<Row> rows, long after, int limit) {
        var events = new ArrayList<StoredEvent>();
        var head = 0L;
        var start = after;
        for (var row : rows) {
            head = row.getLong("head");
            start = row.getLong("after");
            if (row.getLong("position") != null) {
                events.add(envelope(row));
            }
        }
        var full = events.size() == limit;
        var upTo = full ? events.get(limit - 1).position() : Math.max(after, Math.min(head, start + WINDOW));
        return new EventPage(events, upTo, head);
    }

    /** Returns the newest position, 0 for an empty log. */
    public Future<Long> head() {
        return sql.query("select log_head()")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Finds one sequenced event by its id. */
    public Future<Optional<StoredEvent>> byId(UUID id) {
        return byIds(List.of(id)).map(found -> found.stream().findFirst());
    }

    /** Finds those of the events that are in the log and sequenced, in no particular order. */
    public Future<List<StoredEvent>> byIds(Collection<UUID> ids) {
        return sql.preparedQuery(BY_ID)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> rows.stream().map(LogReader::envelope).toList());
    }

    /** Returns the position of a write; empty while it is not sequenced yet, and for a write that never existed. */
    public Future<OptionalLong> positionOf(long seq) {
        return sql.preparedQuery("select position from event where seq = $1 and position is not null")
                .execute(Tuple.of(seq))
                .map(rows -> rows.size() == 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(rows.iterator().next().getLong(0)));
    }

    /** Reads a row that has the columns of an event under their own names, {@code data} as text. */
    public static StoredEvent envelope(Row row) {
        return new StoredEvent(
                row.getLong("position"),
                row.getUUID("id"),
                row.getString("type"),
                row.getInteger("type_version"),
                row.getString("source"),
                row.getString("subject"),
                row.getLong("subject_version"),
                row.getUUID("actor"),
                row.getUUID("correlation"),
                row.getUUID("causation"),
                row.getOffsetDateTime("time").toInstant(),
                List.of(row.getArrayOfStrings("channels")),
                row.getString("data"),
                row.getString("traceparent"),
                sealed(row));
    }

    private static @Nullable String sealed(Row row) {
        var bytes = row.getBuffer("sealed");
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes.getBytes());
    }
}
