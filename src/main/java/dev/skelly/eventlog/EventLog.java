package dev.skelly.eventlog;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skelly.event.CommandContext;
import dev.skelly.event.EventTypeRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Writes state changes and their events in one transaction. Safe on any context. */
public final class EventLog {

    private final Pool pool;
    private final EventTable events;
    private final LongConsumer appended;
    private final BeforeCommit follows;

    /** Creates a log that writes through {@code pool} and rejects events of types with sensitive fields. */
    public EventLog(
            Pool pool,
            Supplier<EventTypeRegistry> eventTypes,
            JsonMapper json,
            Clock clock,
            Supplier<UUID> ids,
            LongConsumer appended) {
        this(pool, eventTypes, json, clock, ids, FieldSealing.NONE, appended);
    }

    /** Creates a log that writes through {@code pool}; {@code sealing} encrypts sensitive fields before they are written. */
    public EventLog(
            Pool pool,
            Supplier<EventTypeRegistry> eventTypes,
            JsonMapper json,
            Clock clock,
            Supplier<UUID> ids,
            FieldSealing sealing,
            LongConsumer appended) {
        this(pool, eventTypes, json, clock, ids, sealing, appended, BeforeCommit.NOTHING);
    }

    /**
     * Creates a log that writes through {@code pool}.
     *
     * @param ids UUIDv7 for the events
     * @param sealing encrypts sensitive fields before they are written
     * @param appended called with the last {@code seq} of a transaction after its commit
     * @param follows runs before each commit; not for what {@link #single} writes
     */
    public EventLog(
            Pool pool,
            Supplier<EventTypeRegistry> eventTypes,
            JsonMapper json,
            Clock clock,
            Supplier<UUID> ids,
            FieldSealing sealing,
            LongConsumer appended,
            BeforeCommit follows) {
        this.pool = pool;
        this.appended = appended;
        this.follows = follows;
        this.events = new EventTable(eventTypes, json, clock, ids, sealing);
    }

    /**
     * Runs {@code block} in one transaction and commits when its future succeeds.
     *
     * @return fails with the block's failure after rolling back; when the connection is lost during the commit, it fails although the
     *     transaction may have been committed
     */
    public <T> Future<CommitResult<T>> transact(CommandContext cause, Function<Tx, Future<T>> block) {
        return pool.getConnection()
                .compose(connection -> connection
                        .begin()
                        .compose(transaction -> run(connection, transaction, cause, block))
                        .eventually(connection::close)
                        .onSuccess(committed -> committed.lastWrite().ifPresent(appended)));
    }

    /**
     * Runs {@code block}, which writes by a single statement, without a transaction around it: that statement commits by itself.
     *
     * @return fails with the block's failure; nothing is written when the statement failed. When the connection is lost meanwhile, it fails
     *     although the statement may have been committed
     */
    public <T> Future<CommitResult<T>> single(CommandContext cause, Function<Tx, Future<T>> block) {
        return pool.getConnection()
                .compose(connection -> {
                    var tx = new Tx(connection, cause, events, BeforeCommit.NOTHING);
                    return Future.succeededFuture(tx)
                            .compose(block)
                            .map(value -> new CommitResult<>(value, tx.lastWrite()))
                            .eventually(connection::close);
                })
                .onSuccess(committed -> committed.lastWrite().ifPresent(appended));
    }

    private <T> Future<CommitResult<T>> run(
            SqlConnection connection, Transaction transaction, CommandContext cause, Function<Tx, Future<T>> block) {
        var tx = new Tx(connection, cause, events, follows);
        return Future.succeededFuture(tx)
                .compose(block)
                .compose(value -> tx.beforeCommit().map(value))
                .compose(
                        value -> transaction.commit().map(done -> new CommitResult<>(value, tx.lastWrite())),
                        failure -> transaction.rollback().transform(ended -> Future.failedFuture(failure)));
    }
}
