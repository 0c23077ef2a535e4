package dev.skelly.relay;

import dev.skelly.broker.MessageProof;
import dev.skelly.eventlog.LogIdentity;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The SQL of table {@code relay_lease}. Runs on the one session whose end also ends the term. All times are the database's. */
final class LeaderLeaseTable {

    /** Identifies a holder's session, so that no other session is ever terminated. */
    static final String APPLICATION = "skelly-relay";

    private static final String LOOK = """
            select lease.epoch, lease.backend, lease.seen < clock_timestamp() - $1::bigint * interval '1 millisecond' as stale,
              not exists (
                select from pg_stat_activity where pid = lease.backend and application_name = $2 and datname = current_database()
              ) as gone
            from relay_lease lease
            """;

    /* A stopped process may leave a session in the middle of sequencing, with the lease's row locked. */
    private static final String EVICT = """
            select pg_terminate_backend(pid)
            from pg_stat_activity
            where pid = $1 and pid <> pg_backend_pid() and application_name = $2 and datname = current_database()
            """;

    private static final String TAKE = """
            update relay_lease
            set epoch = epoch + 1, holder = $2, backend = pg_backend_pid(), seen = clock_timestamp(), head = log_head()
            where epoch = $1
            returning epoch, head
            """;

    /* A new worker starts at the head, before anything is sequenced in this term. */
    private static final String CLAIM = """
            insert into relay_checkpoint as c (worker, position, epoch)
            select worker, $2::bigint, $3::bigint from unnest($1::text[]) as worker
            on conflict (worker) do update set epoch = excluded.epoch
            returning worker, position
            """;

    private static final String RENEW = """
            update relay_lease
            set seen = clock_timestamp(), head = greatest(head, $2::bigint)
            where epoch = $1
            """;

    private static final String RELEASE = """
            update relay_lease
            set seen = '-infinity', backend = 0
            where epoch = $1
            """;

    private static final String WRITERS = """
            select virtualtransaction
            from pg_locks
            where locktype = 'relation' and relation = 'event'::regclass and mode = 'RowExclusiveLock' and granted
              and database = (select oid from pg_database where datname = current_database())
              and pid is distinct from pg_backend_pid()
            """;

    private final SqlConnection session;

    LeaderLeaseTable(SqlConnection session) {
        this.session = session;
    }

    Future<LeaderLease> look(Duration stale) {
        return session.preparedQuery(LOOK)
                .execute(Tuple.of(stale.toMillis(), APPLICATION))
                .map(rows -> lease(rows.iterator().next()));
    }

    private static LeaderLease lease(Row row) {
        return new LeaderLease(
                row.getLong("epoch"), row.getInteger("backend"), row.getBoolean("stale"), row.getBoolean("gone"));
    }

    Future<Void> evict(int backend) {
        return session.preparedQuery(EVICT)
                .execute(Tuple.of(backend, APPLICATION))
                .mapEmpty();
    }

    /** Starts a new term. Empty when another node was faster. */
    Future<Optional<ElectionResult>> take(long seenEpoch, String node, Collection<String> workers) {
        return session.preparedQuery(TAKE)
                .execute(Tuple.of(seenEpoch, node))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(Optional.empty())
                        : claim(rows.iterator().next(), workers).map(Optional::of));
    }

    private Future<ElectionResult> claim(Row taken, Collection<String> workers) {
        long epoch = taken.getLong("epoch");
        long head = taken.getLong("head");
        return session.preparedQuery(CLAIM)
                .execute(Tuple.of(workers.toArray(String[]::new), head, epoch))
                .compose(rows -> {
                    Map<String, Long> checkpoints = new HashMap<>();
                    rows.forEach(row -> checkpoints.put(row.getString("worker"), row.getLong("position")));
                    return LogIdentity.load(session)
                            .map(identity -> new ElectionResult(
                                    epoch, head, Map.copyOf(checkpoints), new MessageProof(identity.cursorKey())));
                });
    }

    /** Renews the lease. Fails with {@link LeadershipLostException} when the epoch is no longer current. */
    Future<Void> renew(long epoch, long head) {
        return session.preparedQuery(RENEW)
                .execute(Tuple.of(epoch, head))
                .compose(rows -> rows.rowCount() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(new LeadershipLostException(epoch)));
    }

    /** Releases the lease so that a peer can take over at once. Changes nothing when the epoch is no longer current. */
    Future<Void> release(long epoch) {
        return session.preparedQuery(RELEASE).execute(Tuple.of(epoch)).mapEmpty();
    }

    /** Returns the transactions that are writing events now. */
    Future<Set<String>> writers() {
        return session.preparedQuery(WRITERS)
                .execute()
                .map(rows -> rows.stream().map(row -> row.getString(0)).collect(Collectors.toSet()));
    }
}
