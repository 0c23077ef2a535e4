package dev.skelly.work;

import dev.skelly.event.Event;
import dev.skelly.feature.Act;
import dev.skelly.feature.Audit;
import dev.skelly.feature.Problem;
import dev.skelly.log.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What administrators do about dead letters, each noted in the audit. */
final class DeadLetterCommands {

    private final DeadLetterTable table;
    private final Audit audit;

    DeadLetterCommands(DeadLetterTable table, Audit audit) {
        this.table = table;
        this.audit = audit;
    }

    Future<Void> retry(Tx tx, RetryDeadLetter command) {
        return act(
                        tx,
                        command.id(),
                        DeadLetter.RETRIED,
                        null,
                        command.by(),
                        letter -> new WorkEvent.Retried(letter.id(), letter.worker(), letter.eventId(), command.by()))
                .compose(letter -> table.again(tx.sql(), letter));
    }

    Future<Void> discard(Tx tx, DiscardDeadLetter command) {
        return act(
                        tx,
                        command.id(),
                        DeadLetter.DISCARDED,
                        command.reason(),
                        command.by(),
                        letter -> new WorkEvent.Discarded(
                                letter.id(), letter.worker(), letter.eventId(), command.reason(), command.by()))
                .mapEmpty();
    }

    private Future<DeadLetter> act(
            Tx tx, UUID id, String state, @Nullable String reason, UUID by, Function<DeadLetter, Event> fact) {
        return find(tx.sql(), id)
                .compose(letter -> table.act(tx.sql(), id, state, reason, by)
                        .compose(acted -> acted ? tx.append(fact.apply(letter)) : Future.failedFuture(notOpen()))
                        .compose(told -> audit.note(tx, noted(letter, state, reason, by)))
                        .map(letter));
    }

    private static Act noted(DeadLetter letter, String state, @Nullable String reason, UUID by) {
        var after = reason == null ? Map.of("state", state) : Map.of("state", state, "reason", reason);
        return Act.on("dead-letter:" + letter.id(), "system.dead-letter-" + state)
                .by(by)
                .changing(Map.of("state", letter.state()), after);
    }

    Future<DeadLetter> find(SqlClient sql, UUID id) {
        return table.find(sql, id)
                .compose(found -> found.map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(Problem.notFound("there is no such dead letter"))));
    }

    private static Problem notOpen() {
        return Problem.conflict("dead-letter-not-open", "the dead letter was retried or discarded already");
    }
}
