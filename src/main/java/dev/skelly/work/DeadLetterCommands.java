package dev.skelly.work;

import dev.skelly.event.Event;
import dev.skelly.feature.Problem;
import dev.skelly.log.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What administrators do about dead letters. */
final class DeadLetterCommands {

    private final DeadLetterTable table;

    DeadLetterCommands(DeadLetterTable table) {
        this.table = table;
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
                        .map(letter));
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
