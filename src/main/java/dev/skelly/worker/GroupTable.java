package dev.skelly.worker;

import dev.skelly.event.StoredEvent;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The SQL of table {@code work_group}: claims of whole groups. Times are the database's. */
final class GroupTable {

    private static final String LOCK = "select pg_advisory_xact_lock(work_lock($1))";

    private static final String FRESH = """
            select given.event
            from unnest($2::bigint[], $3::uuid[]) as given (position, event)
            cross join lateral (select true from event e where e.position = given.position and e.id = given.event limit 1) logged
            left join lateral (select true as had from inbox i where i.worker = $1 and i.event = given.event limit 1) begun on true
            left join lateral (
              select true as had
              from work_done d
              where d.worker = (select number from worker_number n where n.worker = $1) and d.position = given.position
              limit 1
            ) done on true
            where begun.had is null and done.had is null
              and not exists (select from work_group g where g.worker = $1 and given.event = any (g.events))
            """;

    private static final String BLOCKED = """
            select given.event, work_blocked_by($1, given.subject, given.position, $5, $6)
            from unnest($2::bigint[], $3::uuid[], $4::text[]) as given (position, event, subject)
            """;

    private static final String CLAIM = """
            insert into work_group (id, worker, node, events, due_at)
            values ($1, $2, $3, $4, clock_timestamp() + $5::bigint * interval '1 millisecond')
            """;

    private static final String RENEW = """
            update work_group
            set due_at = clock_timestamp() + $2::bigint * interval '1 millisecond'
            where id in (select id from work_group where id = any ($1) order by id for no key update skip locked)
            """;

    private static final String END = "delete from work_group where id = $1";

    private static final String EXPIRED = """
            delete from work_group
            where id = (
              select id
              from work_group
              where worker = any ($1)
                and (due_at <= statement_timestamp() or due_at > statement_timestamp() + 2 * $2::bigint * interval '1 millisecond')
              limit 1
              for update skip locked
            )
            returning worker, node, events
            """;

    /** A claim that was not renewed, or was made by a clock that was ahead. */
    record ExpiredGroup(String worker, String node, List<UUID> events) {}

    private final String node;
    private final long claimMillis;

    GroupTable(String node, Duration claim) {
        this.node = node;
        this.claimMillis = claim.toMillis();
    }

    /** Waits until no other transaction claims or begins events of the worker; the lock ends with the transaction. */
    static Future<Void> lock(SqlClient sql, String worker) {
        return sql.preparedQuery(LOCK).execute(Tuple.of(worker)).mapEmpty();
    }

    /** Returns the events that are in the log at their position, and that nothing is known of. */
    static Future<Set<UUID>> fresh(SqlClient sql, String worker, Collection<StoredEvent> events) {
        return sql.preparedQuery(FRESH).execute(keys(worker, events)).map(rows -> {
            var fresh = new HashSet<UUID>();
            rows.forEach(row -> fresh.add(row.getUUID(0)));
            return fresh;
        });
    }

    /** Returns, by event, the position of the earlier event of its subject that it waits for; nothing for events that need not wait. */
    static Future<Map<UUID, Long>> blocked(SqlClient sql, Worker worker, Collection<StoredEvent> events) {
        var parameters = keys(worker.name(), events)
                .addArrayOfString(events.stream().map(StoredEvent::subject).toArray(String[]::new))
                .addArrayOfString(HeldWorkTable.only(worker))
                .addArrayOfString(worker.allBut().toArray(String[]::new));
        return sql.preparedQuery(BLOCKED).execute(parameters).map(rows -> {
            var blocked = new HashMap<UUID, Long>();
            rows.forEach(row -> {
                if (row.getLong(1) != null) {
                    blocked.put(row.getUUID(0), row.getLong(1));
                }
            });
            return blocked;
        });
    }

    private static Tuple keys(String worker, Collection<StoredEvent> events) {
        return Tuple.of(worker)
                .addArrayOfLong(events.stream().map(StoredEvent::position).toArray(Long[]::new))
                .addArrayOfUUID(events.stream().map(StoredEvent::id).toArray(UUID[]::new));
    }

    /** Claims events; nothing is recorded for no events. */
    Future<Void> claim(SqlClient sql, UUID group, String worker, Collection<UUID> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture();
        }
        return sql.preparedQuery(CLAIM)
                .execute(Tuple.of(group, worker, node)
                        .addArrayOfUUID(events.toArray(UUID[]::new))
                        .addLong(claimMillis))
                .mapEmpty();
    }

    Future<Void> renew(SqlClient sql, Collection<UUID> groups) {
        return sql.preparedQuery(RENEW)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(groups.toArray(UUID[]::new))
                        .addLong(claimMillis))
                .mapEmpty();
    }

    /** Ends a claim; returns false when another node has taken the events over. */
    static Future<Boolean> end(SqlClient sql, UUID group) {
        return sql.preparedQuery(END).execute(Tuple.of(group)).map(rows -> rows.rowCount() == 1);
    }

    /** Removes one claim of these workers that was not renewed in time, and returns it. */
    Future<List<ExpiredGroup>> takeExpired(SqlClient sql, Collection<String> workers) {
        return sql.preparedQuery(EXPIRED)
                .execute(Tuple.tuple()
                        .addArrayOfString(workers.toArray(String[]::new))
                        .addLong(claimMillis))
                .map(rows -> rows.stream()
                        .map(row -> new ExpiredGroup(
                                row.getString("worker"), row.getString("node"), List.of(row.getArrayOfUUIDs("events"))))
                        .toList());
    }
}
