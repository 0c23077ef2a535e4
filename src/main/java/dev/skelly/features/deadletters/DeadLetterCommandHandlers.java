package dev.skelly.features.deadletters;

import dev.skelly.event.Event;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.AuditEntry;
import dev.skelly.feature.AuditLog;
import dev.skelly.feature.EntityTag;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Worker;
import dev.skelly.worker.DeadLetter;
import dev.skelly.worker.DeadLetterEvent;
import dev.skelly.worker.DeadLetterTable;
import dev.skelly.worker.PendingWorkTable;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Handles the commands and queries of dead letters. Each change is recorded in the audit log. */
final class DeadLetterCommandHandlers {

    private final DeadLetterTable table;
    private final AuditLog audit;
    private final Supplier<List<Worker>> workers;

    DeadLetterCommandHandlers(DeadLetterTable table, AuditLog audit, Supplier<List<Worker>> workers) {
        this.table = table;
        this.audit = audit;
        this.workers = workers;
    }

    Future<Void> retry(Tx tx, RetryDeadLetter command) {
        return find(tx.sql(), command.id())
                .compose(letter -> act(
                                tx,
                                letter,
                                DeadLetter.RETRIED,
                                null,
                                command.by(),
                                command.expectedVersion(),
                                new DeadLetterEvent.Retried(
                                        letter.id(), letter.worker(), letter.eventId(), command.by()))
                        .compose(acted -> table.again(tx.sql(), requireWorker(letter))));
    }

    /* The emitter was already notified of the failure. A discard means that nothing follows. */
    Future<Void> discard(Tx tx, DiscardDeadLetter command) {
        return find(tx.sql(), command.id())
                .compose(letter -> act(
                                tx,
                                letter,
                                DeadLetter.DISCARDED,
                                command.reason(),
                                command.by(),
                                command.expectedVersion(),
                                new DeadLetterEvent.Discarded(
                                        letter.id(), letter.worker(), letter.eventId(), command.reason(), command.by()))
                        .compose(acted -> table.discarded(tx.sql(), letter, worker(letter)))
                        .compose(passed -> PendingWorkTable.delete(tx.sql(), letter.eventId())));
    }

    /* After the precondition: that the letter is not what the caller read says more. */
    private DeadLetter requireWorker(DeadLetter letter) {
        if (worker(letter) == null) {
            throw Problem.conflict(
                    "worker-gone",
                    "this program has no worker " + letter.worker()
                            + " any more; start a release that has it, or discard the dead letter");
        }
        return letter;
    }

    private @Nullable Worker worker(DeadLetter letter) {
        return workers.get().stream()
                .filter(worker -> worker.name().equals(letter.worker()))
                .findFirst()
                .orElse(null);
    }

    private Future<Void> act(
            Tx tx,
            DeadLetter letter,
            String state,
            @Nullable String reason,
            UUID by,
            @Nullable Long expectedVersion,
            Event fact) {
        if (expectedVersion != null && expectedVersion != letter.version()) {
            throw EntityTag.stale();
        }
        return table.act(tx.sql(), letter.id(), state, reason, by, expectedVersion)
                .compose(acted -> acted ? tx.append(fact) : Future.failedFuture(lost(letter, expectedVersion)))
                .compose(told -> audit.note(tx, noted(letter, state, reason, by)));
    }

    /* Returns the problem for a dead letter that changed after it was read. */
    private static Problem lost(DeadLetter letter, @Nullable Long expectedVersion) {
        return letter.state().equals(DeadLetter.OPEN) && expectedVersion != null ? EntityTag.stale() : notOpen();
    }

    private static AuditEntry noted(DeadLetter letter, String state, @Nullable String reason, UUID by) {
        var after = reason == null ? Map.of("state", state) : Map.of("state", state, "reason", reason);
        return AuditEntry.on("dead-letter:" + letter.id(), "system.dead-letter-" + state)
                .by(by)
                .changing(Map.of("state", letter.state()), after);
    }

    Future<DeadLetter> find(SqlClient sql, UUID id) {
        return table.find(sql, id)
                .compose(found ->
                        found.map(Future::succeededFuture).orElseGet(() -> Future.failedFuture(noSuchLetter())));
    }

    static Problem noSuchLetter() {
        return Problem.notFound("no such dead letter");
    }

    private static Problem notOpen() {
        return Problem.conflict("dead-letter-not-open", "the dead letter was retried or discarded already");
    }
}
