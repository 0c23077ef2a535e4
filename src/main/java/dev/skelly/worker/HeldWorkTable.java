package dev.skelly.worker;

import dev.skelly.event.StoredEvent;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that moves events from groups to table {@code inbox}: those of a group that did not end as a whole, and those that are blocked. */
final class HeldWorkTable {

    /** An event that the database keeps from now on. */
    record HeldEvent(StoredEvent event, boolean blocked) {}

    /* An existing row is returned only if it is an attempt of this very process, whose transaction was lost with a connection. */
    private static final String HOLD = """
            insert into inbox as i (worker, event, type, subject, state, attempts, node, due_at)
            select $1, held.event, held.type, held.subject, held.state, case held.state when 'running' then 1 else 0 end, $6,
              clock_timestamp() + $7::bigint * interval '1 millisecond'
            from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as held (event, type, subject, state)
            order by held.event
            on conflict (worker, event) do update
            set due_at = excluded.due_at
            where i.state = 'running' and i.node = excluded.node and excluded.state = 'running'
            returning event, state
            """;

    /* The events of a group whose node died, with one attempt each. An ordered worker gets a subject's first one. */
    private static final String ABANDONED = """
            insert into inbox (worker, event, type, subject, state, attempts, node, due_at, position, errors)
            select $1, given.event, coalesce(e.type, 'unknown'), coalesce(e.subject, 'unknown'),
              case when $5::boolean and row_number() over (partition by e.subject order by e.position) > 1 then 'blocked' else 'waiting' end,
              1, $3, clock_timestamp(), e.position,
              jsonb_build_array(jsonb_build_object(
                'at', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'node', split_part($4::text, '/', 1), 'attempt', 1,
                'error', 'abandoned', 'message', 'the node that ran it fell silent'))
            from unnest($2::uuid[]) as given (event)
            left join lateral (select type, subject, position from event where id = given.event limit 1) e on true
            on conflict do nothing
            """;

    private static final String RELEASE = """
            update inbox i
            set state = 'waiting', due_at = clock_timestamp()
            from (
              select distinct on (subject) event
              from inbox
              where worker = $1 and subject = any ($2) and state = 'blocked'
              order by subject, position
            ) first
            where i.worker = $1 and i.event = first.event and work_blocked_by($1, i.subject, i.position, $3, $4) is null
            """;

    private final String node;
    private final long claimMillis;

    HeldWorkTable(String node, Duration claim) {
        this.node = node;
        this.claimMillis = claim.toMillis();
    }

    /**
     * Keeps events of a group: the first attempt of each runs on this node, or it is blocked. Returns the events whose attempt is this node's
     * now; nothing is kept of events that the database knows.
     */
    Future<Set<UUID>> hold(SqlClient sql, String worker, List<HeldEvent> held) {
        if (held.isEmpty()) {
            return Future.succeededFuture(Set.of());
        }
        var parameters = Tuple.of(worker)
                .addArrayOfUUID(held.stream().map(each -> each.event().id()).toArray(UUID[]::new))
                .addArrayOfString(held.stream().map(each -> each.event().type()).toArray(String[]::new))
                .addArrayOfString(
                        held.stream().map(each -> each.event().subject()).toArray(String[]::new))
                .addArrayOfString(held.stream()
                        .map(each -> each.blocked() ? "blocked" : "running")
                        .toArray(String[]::new))
                .addString(node)
                .addLong(claimMillis);
        return sql.preparedQuery(HOLD).execute(parameters).map(rows -> {
            var running = new HashSet<UUID>();
            rows.forEach(row -> {
                if (row.getString(1).equals("running")) {
                    running.add(row.getUUID(0));
                }
            });
            return running;
        });
    }

    /** Makes the events of an expired group wait, with one abandoned attempt each. */
    Future<Void> abandoned(SqlClient sql, GroupTable.ExpiredGroup group, boolean ordered) {
        return sql.preparedQuery(ABANDONED)
                .execute(Tuple.of(group.worker())
                        .addArrayOfUUID(group.events().toArray(UUID[]::new))
                        .addString(node)
                        .addString(group.node())
                        .addBoolean(ordered))
                .mapEmpty();
    }

    /** Makes the first blocked event of each of the subjects due, unless it has to wait for another one. */
    static Future<Void> release(SqlClient sql, Worker worker, Collection<String> subjects) {
        return sql.preparedQuery(RELEASE)
                .execute(Tuple.of(worker.name())
                        .addArrayOfString(subjects.toArray(String[]::new))
                        .addArrayOfString(only(worker))
                        .addArrayOfString(worker.allBut().toArray(String[]::new)))
                .mapEmpty();
    }

    /* Null stands for all types. */
    static String @Nullable [] only(Worker worker) {
        return worker.types().contains(Worker.ALL) ? null : worker.types().toArray(String[]::new);
    }
}
