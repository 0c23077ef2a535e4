package dev.skelly.worker;

import dev.skelly.eventlog.LogReader;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of table {@code handover}, and of the comparison between the log and the inbox: which events up to a position a worker's inbox has
 * never had.
 */
public final class HandoverTable {

    /** The maximum number of positions that one comparison examines. */
    static final int WINDOW = 5_000;

    /**
     * What is known of one worker.
     *
     * @param confirmed up to this position the inbox has had every event that the worker reacts to
     * @param probe the newest probe that came out of the queue; null before the first
     * @param againFrom first position that an operator wants handed over again; null without a request, like {@code again}
     * @param again the id of that request
     */
    public record Handover(
            String worker,
            long confirmed,
            @Nullable UUID probe,
            @Nullable Long againFrom,
            @Nullable UUID again) {}

    /**
     * How far a worker's events were handed over.
     *
     * @param confirmed as in {@link Handover}
     * @param position up to here the broker has accepted every event
     */
    public record HandoverReach(String worker, long confirmed, long position) {}

    /** An event without a row in the inbox. */
    public record UntakenEvent(long position, UUID id, String type) {}

    /**
     * The missing events of a range of positions.
     *
     * @param events ascending
     * @param upTo the last position that was examined
     */
    public record MissingPage(List<UntakenEvent> events, long upTo) {}

    private static final String BEGIN = """
            insert into handover (worker, confirmed)
            select * from unnest($1::text[], $2::bigint[])
            on conflict (worker) do nothing
            """;

    private static final String ALL = "select worker, confirmed, probe, again_from, again from handover";

    /* The limits keep the planner from reading a table as a whole: each event is looked up by a key. */
    private static final String MISSING = """
            select e.position, e.id, e.type
            from (
              select position, id, type
              from event
              where position > $2::bigint and position <= $3::bigint and ($4::text[] is null or type = any ($4))
              order by position
              limit $6::int
            ) e
            left join lateral (
              select true as had
              from work_done d
              where d.worker = (select number from worker_number where worker = $1) and d.position = e.position
              limit 1
            ) done on true
            left join lateral (
              select true as had from inbox i where done.had is null and i.worker = $1 and i.event = e.id limit 1
            ) known on true
            where done.had is null and known.had is null
              and not exists (select from work_group g where g.worker = $1 and e.id = any (g.events))
            order by e.position
            limit $5::int
            """;

    private static final String CONFIRM = "update handover set confirmed = $2 where worker = $1 and confirmed < $2";

    private static final String ARRIVED =
            "update handover set probe = $2 where worker = $1 and (probe is null or probe < $2)";

    private static final String REQUEST = """
            update handover
            set again_from = least(again_from, $2::bigint), again = $3
            where worker = $1
            """;

    private static final String FULFILLED =
            "update handover set again_from = null, again = null where worker = $1 and again = $2";

    private HandoverTable() {}

    /** Lists how far each worker's events were handed over. */
    public static Future<List<HandoverReach>> reached(SqlClient sql) {
        return sql.query(
                        "select worker, confirmed, position from handover join relay_checkpoint using (worker) order by worker")
                .execute()
                .map(rows -> rows.stream()
                        .map(row -> new HandoverReach(
                                row.getString("worker"), row.getLong("confirmed"), row.getLong("position")))
                        .toList());
    }

    /** Returns the newest position of the log. */
    public static Future<Long> head(SqlClient sql) {
        return new LogReader(sql).head();
    }

    /** Adds workers that are not known yet: what is above {@code positions} has to be confirmed. */
    public static Future<Void> begin(SqlClient sql, Map<String, Long> positions) {
        var workers = positions.keySet().toArray(String[]::new);
        var from = new Long[workers.length];
        for (var i = 0; i < workers.length; i++) {
            from[i] = positions.get(workers[i]);
        }
        return sql.preparedQuery(BEGIN)
                .execute(Tuple.tuple().addArrayOfString(workers).addArrayOfLong(from))
                .mapEmpty();
    }

    /** Reads what is known, by worker. */
    public static Future<Map<String, Handover>> all(SqlClient sql) {
        return sql.preparedQuery(ALL)
                .execute()
                .map(rows -> rows.stream()
                        .map(HandoverTable::handover)
                        .collect(Collectors.toMap(Handover::worker, Function.identity())));
    }

    private static Handover handover(Row row) {
        return new Handover(
                row.getString("worker"),
                row.getLong("confirmed"),
                row.getUUID("probe"),
                row.getLong("again_from"),
                row.getUUID("again"));
    }

    /**
     * Finds events in {@code (after, upTo]} that the worker's inbox has never had, or has forgotten. Examines at most {@link #WINDOW}
     * positions.
     *
     * @param types only these stored types; null for all
     * @param limit maximum number of events
     */
    public static Future<MissingPage> missing(
            SqlClient sql, String worker, @Nullable Collection<String> types, long after, long upTo, int limit) {
        var last = Math.min(after + WINDOW, upTo);
        var parameters = Tuple.tuple()
                .addString(worker)
                .addLong(after)
                .addLong(last)
                .addArrayOfString(types == null ? null : types.toArray(String[]::new))
                .addInteger(limit)
                .addInteger(WINDOW);
        return sql.preparedQuery(MISSING).execute(parameters).map(rows -> {
            var events = rows.stream()
                    .map(row -> new UntakenEvent(row.getLong("position"), row.getUUID("id"), row.getString("type")))
                    .toList();
            return new MissingPage(
                    events, events.size() == limit ? events.get(limit - 1).position() : last);
        });
    }

    /** Records that the inbox has had every event up to {@code position}. */
    public static Future<Void> confirm(SqlClient sql, String worker, long position) {
        return sql.preparedQuery(CONFIRM).execute(Tuple.of(worker, position)).mapEmpty();
    }

    /** Records that a probe came out of the worker's queue. */
    static Future<Void> arrived(SqlClient sql, String worker, UUID probe) {
        return sql.preparedQuery(ARRIVED).execute(Tuple.of(worker, probe)).mapEmpty();
    }

    /** Asks the relay to hand over again what the inbox lacks from {@code from} on; returns false for an unknown worker. */
    public static Future<Boolean> request(SqlClient sql, String worker, long from, UUID id) {
        return sql.preparedQuery(REQUEST).execute(Tuple.of(worker, from, id)).map(rows -> rows.rowCount() == 1);
    }

    /** Removes a request, unless another one replaced it. */
    public static Future<Void> fulfilled(SqlClient sql, String worker, UUID id) {
        return sql.preparedQuery(FULFILLED).execute(Tuple.of(worker, id)).mapEmpty();
    }
}
