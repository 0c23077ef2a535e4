package dev.skelly.eventlog;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/** Writes what follows from the events of a transaction in the same transaction. */
public interface BeforeCommit {

    /** Does nothing. */
    BeforeCommit NOTHING = new BeforeCommit() {
        @Override
        public boolean concerns(String type) {
            return false;
        }

        @Override
        public Future<Void> run(SqlConnection sql, List<Long> appended) {
            return Future.succeededFuture();
        }
    };

    /** Returns whether something follows from events of a type, by its current name. */
    boolean concerns(String type);

    /**
     * Writes what follows. A failed future rolls the transaction back.
     *
     * @param appended the {@code seq} of each event whose type {@link #concerns} this, at least one
     */
    Future<Void> run(SqlConnection sql, List<Long> appended);
}
