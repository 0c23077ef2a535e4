package dev.skelly.relay;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a node that stands by comes to lead. */
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

    /** Looks at the lease and takes it when its holder's session has ended or was silent for too long. Empty when not. */
    Future<Optional<ElectionResult>> run(SqlConnection session) {
        var table = new LeaderLeaseTable(session);
        return table.look(stale)
                .compose(lease -> lease.free() ? take(table, lease) : Future.succeededFuture(Optional.empty()));
    }

    /* The row may still be locked by the former holder's last call: the next look finds it free. */
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
