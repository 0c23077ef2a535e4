package dev.skelly.relay;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Elects a standby node as leader when the lease is free. */
final class LeaderElection {

    private static final String LOCK_NOT_AVAILABLE =
            "55P03"; // https://www.postgresql.org/docs/18/errcodes-appendix.html

    private final String node;
    private final List<String> workers;
    private final Duration stale;

    LeaderElection(String node, List<String> workers, Duration stale) {
        this.node = node;
        this.workers = List.copyOf(workers);
        this.stale = stale;
    }

    /** Checks the lease and takes it when its holder's session has ended or was silent for too long. Empty when the lease is held. */
    Future<Optional<ElectionResult>> run(SqlConnection session) {
        var table = new LeaderLeaseTable(session);
        return table.look(stale)
                .compose(lease -> lease.free() ? take(table, lease) : Future.succeededFuture(Optional.empty()));
    }

    /* The former holder's last call may still lock the row; the next check finds it free. */
    private Future<Optional<ElectionResult>> take(LeaderLeaseTable table, LeaderLease lease) {
        return (lease.gone() ? Future.<Void>succeededFuture() : table.evict(lease.backend()))
                .compose(evicted -> table.take(lease.epoch(), node, workers))
                .recover(failure ->
                        locked(failure) ? Future.succeededFuture(Optional.empty()) : Future.failedFuture(failure));
    }

    private static boolean locked(Throwable failure) {
        return failure instanceof PgException refusal && LOCK_NOT_AVAILABLE.equals(refusal.getSqlState());
    }
}
