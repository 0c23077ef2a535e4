package dev.skelly.relay;

import dev.skelly.broker.CloudEventMessage;
import dev.skelly.broker.MessageProof;
import dev.skelly.broker.QueueSender;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.LogReader;
import dev.skelly.worker.HandoverTable;
import io.vertx.amqp.AmqpConnection;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Hands one worker's events of a range over again, as far as its inbox lacks them. Runs once. Confined to the relay's context. */
final class Redispatch {

    private static final int PAGE_ROWS = 256;

    private final SqlClient sql;
    private final LogReader reader;
    private final WorkerInterest interest;
    private final MessageProof proof;
    private final RelayConfig config;
    private final UUID id;
    private final long upTo;
    private long sent; // Confined to the relay's context.

    /**
     * Creates a run.
     *
     * @param id distinguishes its messages from earlier ones with the same events, which the broker may remember
     * @param upTo the last position
     */
    Redispatch(SqlClient sql, WorkerInterest interest, MessageProof proof, RelayConfig config, UUID id, long upTo) {
        this.sql = sql;
        this.reader = new LogReader(sql);
        this.interest = interest;
        this.proof = proof;
        this.config = config;
        this.id = id;
        this.upTo = upTo;
    }

    /** Returns how many events the broker has accepted so far. */
    long sent() {
        return sent;
    }

    long upTo() {
        return upTo;
    }

    UUID id() {
        return id;
    }

    /** Sends the missing events after {@code after}. Fails at the first that the broker does not accept in time. */
    Future<Void> run(AmqpConnection connection, long after) {
        return QueueSender.open(connection, CloudEventMessage.queue(interest.worker()), config.sendDeadline())
                .compose(sender -> from(after, sender).onComplete(ended -> sender.close()));
    }

    private Future<Void> from(long after, QueueSender sender) {
        if (after >= upTo) {
            return Future.succeededFuture();
        }
        var rows = Math.min(PAGE_ROWS, config.inFlightMax());
        return HandoverTable.missing(sql, interest.worker(), interest.types(), after, upTo, rows)
                .compose(page -> send(page, sender).compose(done -> from(page.upTo(), sender)));
    }

    private Future<Void> send(HandoverTable.MissingPage page, QueueSender sender) {
        var ids = page.events().stream()
                .filter(event -> interest.concerns(event.type()))
                .map(HandoverTable.UntakenEvent::id)
                .toList();
        if (ids.isEmpty()) {
            return Future.succeededFuture();
        }
        return reader.byIds(ids)
                .compose(events -> Future.all(events.stream()
                                .sorted(Comparator.comparingLong(StoredEvent::position))
                                .map(event -> send(event, sender))
                                .toList())
                        .timeout(config.sendDeadline().toMillis(), TimeUnit.MILLISECONDS))
                .mapEmpty();
    }

    private Future<Void> send(StoredEvent event, QueueSender sender) {
        return sender.send(CloudEventMessage.again(event, interest.worker(), proof, id)
                        .unwrap())
                .onSuccess(accepted -> sent++);
    }
}
