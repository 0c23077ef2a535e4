package dev.skelly.worker;

import dev.skelly.event.StoredEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The SQL of table {@code inbox}, which records what each worker did with each event. Times are the database's. */
final class InboxTable {

    /**
     * An event that was due and is now claimed by this node.
     *
     * @param abandoned whether the process of its last attempt was killed
     */
    record ClaimedWork(String worker, UUID event, String type, int attempt, boolean abandoned) {}

    /** An attempt that runs on this node. */
    record RunningWork(String worker, UUID event, int attempt) {}

    /*
     * An existing row belongs to the retry poller, or is finished. Only an attempt of this very process, whose begin or end was lost with a
     * connection, is resumed, without being counted twice. Nothing begins that is not in the log at its position: after a restore to an earlier
     * state, the broker still has messages of events that are gone.
     */
    private static final String BEGIN = """
            insert into inbox as i (worker, event, type, subject, state, attempts, node, due_at)
            select $1, $2, $3, $4, 'running', 1, $5, clock_timestamp() + $6::bigint * interval '1 millisecond'
            where exists (select from event e where e.position = $7 and e.id = $2)
            on conflict (worker, event) do update
            set due_at = excluded.due_at
            where i.state = 'running' and i.node = excluded.node
            returning attempts
            """;

    /*
     * The row makes way for one in work_done. When that exists already, another transaction had the effect. An event that is not in the log
     * (any more) has no position; its row stays.
     */
    private static final String DONE = """
            with gone as (
              delete from inbox
              where worker = $1 and event = $2 and attempts = $3 and state = 'running' and position is not null
              returning position
            ),
            fresh as (
              insert into work_done (worker, position)
              select (select number_of_worker($1)), position
              from gone
              on conflict do nothing
              returning 1
            )
            select (select count(*) from gone), (select count(*) from fresh)
            """;

    private static final String DONE_UNLOGGED = """
            update inbox
            set state = 'done', errors = '[]', due_at = clock_timestamp() + $4::bigint * interval '1 millisecond'
            where worker = $1 and event = $2 and attempts = $3 and state = 'running' and position is null
            """;

    private static final String WAIT = """
            update inbox
            set state = 'waiting', errors = errors || $4::text::jsonb, due_at = clock_timestamp() + $5::bigint * interval '1 millisecond'
            where worker = $1 and event = $2 and attempts = $3 and state = 'running'
            """;

    /* A row that another transaction holds must not keep the others from being renewed. While it is held, no node can claim it. */
    private static final String RENEW = """
            with mine as (
              select i.worker, i.event
              from inbox i
              join unnest($1::text[], $2::uuid[], $3::int[]) as running (worker, event, attempt)
                on i.worker = running.worker and i.event = running.event and i.attempts = running.attempt
              where i.state = 'running'
              order by i.worker, i.event
              for no key update of i skip locked
            )
            update inbox i
            set due_at = clock_timestamp() + $4::bigint * interval '1 millisecond'
            from mine
            where i.worker = mine.worker and i.event = mine.event
            """;

    /* No attempt is claimed for so long: the clock was set back since. */
    private static final String FROM_AHEAD = """
            update inbox
            set due_at = clock_timestamp()
            where worker = any ($1) and state = 'running' and due_at > clock_timestamp() + 2 * $2::bigint * interval '1 millisecond'
            """;

    /* Of the events whose last attempt was abandoned, one at a time: it may have ended its process, and with it the attempts of the others. */
    private static final String CLAIM = """
            with due as (
              select found.worker, found.event
              from unnest($1::text[], $2::int[], $5::int[]) as slot (worker, free, alone)
              cross join lateral (
                select worker, event
                from (
                  select worker, event
                  from inbox
                  where worker = slot.worker and state = 'waiting' and due_at <= statement_timestamp()
                    and errors -> -1 ->> 'error' is distinct from 'abandoned'
                  order by due_at
                  limit slot.free
                  for update skip locked
                ) sound
                union all
                select worker, event
                from (
                  select worker, event
                  from inbox
                  where worker = slot.worker and state in ('waiting', 'running') and due_at <= statement_timestamp()
                    and (state = 'running' or errors -> -1 ->> 'error' = 'abandoned')
                  order by due_at
                  limit slot.alone
                  for update skip locked
                ) abandoned
              ) found
            )
            update inbox i
            set state = 'running', attempts = i.attempts + 1, node = $3::text,
              due_at = clock_timestamp() + $4::bigint * interval '1 millisecond',
              errors = case
                when i.state = 'waiting' then i.errors
                else i.errors || jsonb_build_object(
                  'at', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                  'node', split_part(i.node, '/', 1), 'attempt', i.attempts,
                  'error', 'abandoned', 'message', 'the node that ran it fell silent')
              end
            from due
            where i.worker = due.worker and i.event = due.event
            returning i.worker, i.event, i.type, i.attempts, i.errors -> -1 ->> 'error' = 'abandoned' as abandoned
            """;

    /*
     * As in work_done, only what the relay has confirmed is forgotten. Rows that are done are of earlier releases, or of events without a
     * position. Discarded ones are due when their last attempt was.
     */
    private static final String FORGET = """
            delete from inbox i
            using unnest($1::text[]) as mine (worker)
            left join handover h on h.worker = mine.worker
            cross join lateral (
              select old.event
              from (
                select event
                from (
                  select event
                  from inbox
                  where worker = mine.worker and state = 'done' and due_at <= statement_timestamp()
                  order by due_at
                  limit $2::int
                  for update skip locked
                ) done
                union all
                select event
                from (
                  select event
                  from inbox
                  where worker = mine.worker and state = 'discarded'
                    and due_at <= statement_timestamp() - $3::bigint * interval '1 millisecond'
                  order by due_at
                  limit $2::int
                  for update skip locked
                ) discarded
              ) old
              left join lateral (select position from event where id = old.event limit 1) e on true
              where h.confirmed is null or e.position is null or e.position <= h.confirmed
            ) gone
            where i.worker = mine.worker and i.event = gone.event
            """;

    private final String node;
    private final long claimMillis;
    private final long keepMillis;

    /**
     * Creates the inbox of one process.
     *
     * @param node its name and, after a slash, an id that distinguishes this process from the previous one
     */
    InboxTable(String node, Duration claim, Duration keepDone) {
        this.node = node;
        this.claimMillis = claim.toMillis();
        this.keepMillis = keepDone.toMillis();
    }

    /** Counts and starts an attempt. Returns its number, or empty when this delivery must not run the event. */
    Future<Optional<Integer>> begin(SqlClient sql, String worker, StoredEvent event) {
        return sql.preparedQuery(BEGIN)
                .execute(Tuple.of(
                        worker, event.id(), event.type(), event.subject(), node, claimMillis, event.position()))
                .map(rows -> rows.stream().findFirst().map(row -> row.getInteger(0)));
    }

    /** Makes attempts due whose claim was made by a clock that was ahead. */
    Future<Void> endClaimsFromAhead(SqlClient sql, Collection<String> workers) {
        return sql.preparedQuery(FROM_AHEAD)
                .execute(Tuple.tuple()
                        .addArrayOfString(workers.toArray(String[]::new))
                        .addLong(claimMillis))
                .mapEmpty();
    }

    /** What became of an attempt's record. */
    enum Recorded {
        /** The effect belongs into this transaction. */
        FIRST,
        /** Another transaction had the effect; the attempt is over. */
        REPEATED,
        /** Another attempt replaced this one. */
        SUPERSEDED
    }

    /** Records an attempt's success. */
    Future<Recorded> done(SqlClient sql, String worker, UUID event, int attempt) {
        return sql.preparedQuery(DONE)
                .execute(Tuple.of(worker, event, attempt))
                .map(rows -> rows.iterator().next())
                .compose(row -> row.getLong(0) == 0
                        ? unlogged(sql, worker, event, attempt)
                        : Future.succeededFuture(row.getLong(1) == 1 ? Recorded.FIRST : Recorded.REPEATED));
    }

    private Future<Recorded> unlogged(SqlClient sql, String worker, UUID event, int attempt) {
        return sql.preparedQuery(DONE_UNLOGGED)
                .execute(Tuple.of(worker, event, attempt, keepMillis))
                .map(rows -> rows.rowCount() == 1 ? Recorded.FIRST : Recorded.SUPERSEDED);
    }

    /**
     * Records an attempt's failure and the time of the next attempt; returns false when the attempt was replaced by another.
     *
     * @param error a JSON object
     */
    Future<Boolean> await(SqlClient sql, String worker, UUID event, int attempt, String error, Duration pause) {
        return sql.preparedQuery(WAIT)
                .execute(Tuple.of(worker, event, attempt, error, pause.toMillis()))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Renews the claims of running attempts. */
    Future<Void> renew(SqlClient sql, List<RunningWork> running) {
        return sql.preparedQuery(RENEW)
                .execute(Tuple.of(
                        running.stream().map(RunningWork::worker).toArray(String[]::new),
                        running.stream().map(RunningWork::event).toArray(UUID[]::new),
                        running.stream().map(RunningWork::attempt).toArray(Integer[]::new),
                        claimMillis))
                .mapEmpty();
    }

    /**
     * Claims due events, oldest first, at most the given number for each worker, and one whose last attempt was abandoned.
     *
     * @param busy workers of which none whose last attempt was abandoned is claimed
     */
    Future<List<ClaimedWork>> claim(SqlClient sql, Map<String, Integer> free, Set<String> busy) {
        var workers = List.copyOf(free.keySet());
        var parameters = Tuple.tuple()
                .addArrayOfString(workers.toArray(String[]::new))
                .addArrayOfInteger(workers.stream().map(free::get).toArray(Integer[]::new))
                .addString(node)
                .addLong(claimMillis)
                .addArrayOfInteger(workers.stream()
                        .map(worker -> busy.contains(worker) ? 0 : 1)
                        .toArray(Integer[]::new));
        return sql.preparedQuery(CLAIM)
                .execute(parameters)
                .map(rows -> rows.stream()
                        .map(row -> new ClaimedWork(
                                row.getString("worker"),
                                row.getUUID("event"),
                                row.getString("type"),
                                row.getInteger("attempts"),
                                Boolean.TRUE.equals(row.getBoolean("abandoned"))))
                        .toList());
    }

    /** Deletes confirmed events of these workers that were done or discarded long ago, of each kind at most {@code rowsMax} rows of each. */
    Future<Integer> forget(SqlClient sql, Collection<String> workers, int rowsMax) {
        return sql.preparedQuery(FORGET)
                .execute(Tuple.of(workers.toArray(String[]::new), rowsMax, keepMillis))
                .map(rows -> rows.rowCount());
    }
}
