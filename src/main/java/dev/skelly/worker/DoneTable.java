package dev.skelly.worker;

import dev.skelly.event.StoredEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** The SQL of table {@code work_done}, whose key makes one effect of one event. Times are the database's. */
final class DoneTable {

    /*
     * A position that is another event's in this log is not recorded: after a restore to an earlier state, old messages carry positions that
     * new events have got. The limits keep the planner from reading a table as a whole.
     */
    private static final String RECORD = """
            insert into work_done (worker, position)
            select (select number_of_worker($1)), given.position
            from unnest($2::bigint[], $3::uuid[]) as given (position, event)
            cross join lateral (select true from event e where e.position = given.position and e.id = given.event limit 1) logged
            left join lateral (select true as had from inbox i where i.worker = $1 and i.event = given.event limit 1) begun on true
            where begun.had is null
            order by given.position
            on conflict do nothing
            returning position
            """;

    /*
     * Only what the relay has confirmed is forgotten: it takes an event above without a row for one that the broker lost. A worker without a
     * row there is not handed anything. One node at a time forgets a worker's rows. The range is of positions, not of rows, because the planner
     * reads everything and sorts for a page of rows between two bounds.
     */
    private static final String FORGET = """
            with mine as (
              select number from worker_number where worker = $1
            ),
            range as (
              select first, least(first + $3::int - 1, (select confirmed from handover where worker = $1)) as last
              from (select (select min(position) from work_done where worker = (select number from mine) and position > $2::bigint) as first) oldest
              where (select pg_try_advisory_xact_lock(work_lock('forget ' || $1)))
            ),
            had as (
              select count(*) as rows
              from work_done
              where worker = (select number from mine) and position >= (select first from range) and position <= (select last from range)
            ),
            gone as (
              delete from work_done
              where worker = (select number from mine) and position >= (select first from range) and position <= (select last from range)
                and done_minute < (extract(epoch from statement_timestamp()) / 60)::int - $4::int
              returning 1
            )
            select (select last from range), (select count(*) from gone), (select rows from had)
            """;

    /**
     * What one deletion examined.
     *
     * @param upTo last position that it examined; empty at the end
     * @param gone number of deleted rows
     * @param kept number of rows that are too young
     */
    record ForgottenRange(OptionalLong upTo, long gone, long kept) {}

    private final int keepMinutes;

    DoneTable(Duration keepDone) {
        this.keepMinutes = (int) Math.min(Integer.MAX_VALUE / 2, keepDone.toMinutes() + 1);
    }

    /** Records that the worker is done with events; returns those that no transaction has recorded or begun before. */
    static Future<Set<UUID>> record(SqlClient sql, String worker, Collection<StoredEvent> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture(Set.of());
        }
        return sql.preparedQuery(RECORD)
                .execute(Tuple.of(worker)
                        .addArrayOfLong(
                                events.stream().map(StoredEvent::position).toArray(Long[]::new))
                        .addArrayOfUUID(events.stream().map(StoredEvent::id).toArray(UUID[]::new)))
                .map(rows -> {
                    var recorded = new HashSet<Long>();
                    rows.forEach(row -> recorded.add(row.getLong(0)));
                    var fresh = new HashSet<UUID>();
                    events.stream()
                            .filter(event -> recorded.contains(event.position()))
                            .forEach(event -> fresh.add(event.id()));
                    return fresh;
                });
    }

    /**
     * Deletes confirmed rows of events that were done long ago, from the first row on.
     *
     * @param after only above this position
     * @param positions number of positions to examine, counted from the first row
     */
    Future<ForgottenRange> forget(SqlClient sql, String worker, long after, int positions) {
        return sql.preparedQuery(FORGET)
                .execute(Tuple.of(worker, after, positions, keepMinutes))
                .map(rows -> rows.iterator().next())
                .map(row -> new ForgottenRange(
                        row.getLong(0) == null ? OptionalLong.empty() : OptionalLong.of(row.getLong(0)),
                        row.getLong(1),
                        row.getLong(2) - row.getLong(1)));
    }
}
