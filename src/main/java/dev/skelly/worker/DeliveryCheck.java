package dev.skelly.worker;

import dev.skelly.broker.MessageProof;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.LogIdentity;
import dev.skelly.eventlog.LogReader;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares messages with the log before a worker acts on them. Confined to the engine's context.
 *
 * <p>Invariant: a worker acts only on events that are in the log at their position, with the log's content. The relay's proof shows the content
 * without a look at the log. For a message without one, which is of an earlier release or forged, the log's own event counts.
 */
final class DeliveryCheck {

    private static final Logger LOGGER = LoggerFactory.getLogger(DeliveryCheck.class);

    private final SqlClient sql;
    private final LogReader log;
    private final DatabaseCircuitBreaker gate;
    private @Nullable MessageProof proof; // Confined to the engine's context.

    DeliveryCheck(SqlClient sql, DatabaseCircuitBreaker gate) {
        this.sql = sql;
        this.log = new LogReader(sql);
        this.gate = gate;
    }

    /**
     * Returns the event that the worker shall have; empty when the message is not from the log, or not for this worker. Completes at once for the
     * relay's own messages. Fails only when this part stops.
     */
    Future<Optional<StoredEvent>> event(Message message, Worker worker, StoredEvent claimed) {
        return proof().compose(proofs -> proofs.proves(message, worker.name(), claimed)
                ? Future.succeededFuture(Optional.of(claimed))
                : find(worker, claimed));
    }

    private Future<Optional<StoredEvent>> find(Worker worker, StoredEvent claimed) {
        return patiently(() -> log.byId(claimed.id()))
                .map(found ->
                        found.filter(event -> event.position() == claimed.position() && worker.reactsTo(event.type())));
    }

    /**
     * Records that a probe came out, once {@code before} has ended. Returns whether the relay sent it; another one is not recorded. Fails only when
     * this part stops.
     */
    Future<Boolean> arrived(Message message, Worker worker, UUID probe, Future<?> before) {
        return proof().compose(proofs -> proofs.proves(message, worker.name(), probe)
                ? before.transform(over -> HandoverTable.arrived(sql, worker.name(), probe))
                        .onFailure(
                                failure -> LOGGER.atDebug().setCause(failure).log("the relay will send another probe"))
                        .transform(recorded -> Future.succeededFuture(true))
                : Future.succeededFuture(false));
    }

    /** Loads what it compares with. Fails when the database does not answer; the first message then waits for it. */
    Future<MessageProof> load() {
        return LogIdentity.load(sql)
                .map(identity -> new MessageProof(identity.cursorKey()))
                .onSuccess(loaded -> proof = loaded);
    }

    private Future<MessageProof> proof() {
        var known = proof;
        return known != null ? Future.succeededFuture(known) : patiently(this::load);
    }

    private <T> Future<T> patiently(Supplier<Future<T>> read) {
        return gate.opened()
                .compose(open -> read.get()
                        .timeout(CompletionHandler.DATABASE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                        .recover(failure -> {
                            gate.close(failure);
                            return patiently(read);
                        }));
    }
}
