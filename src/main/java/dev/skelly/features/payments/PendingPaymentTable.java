package dev.skelly.features.payments;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The SQL of table {@code payment_pending}: what the provider has not answered yet. Written with the events that it follows from. */
final class PendingPaymentTable {

    private static final Duration FIRST = Duration.ofSeconds(5);

    private static final String ADD = """
            insert into payment_pending (order_id, kind, requested_at, next_at)
            values ($1, $2, $3, $4)
            on conflict (order_id, kind) do nothing
            """;

    private static final String REMOVE = "delete from payment_pending where order_id = $1 and kind = $2";

    /* Postponed before it is asked for: a leader that ends meanwhile leaves it to the next, and two leaders do not ask at once. */
    private static final String CLAIM = """
            with due as (
              select order_id, kind from payment_pending
              where next_at <= $1::timestamptz
              order by next_at
              limit $2::int
              for update skip locked
            )
            update payment_pending p set
              attempts = p.attempts + 1,
              next_at = $1::timestamptz + least(interval '10 minutes', interval '5 seconds' * power(2, least(p.attempts, 10)))
            from due
            where p.order_id = due.order_id and p.kind = due.kind
            returning p.order_id, p.kind, p.requested_at
            """;

    private PendingPaymentTable() {}

    /** What is awaited. */
    enum Awaited {
        CHARGE,
        REFUND
    }

    /** A request without a result. */
    record AwaitedResult(UUID order, Awaited kind, Instant requestedAt) {}

    /** Follows an event. */
    static Future<Void> apply(SqlClient sql, PaymentEvent event, Instant now) {
        if (event instanceof PaymentEvent.ChargeRequested) {
            return add(sql, event.orderId(), Awaited.CHARGE, now);
        } else if (event instanceof PaymentEvent.PaymentProcessed || event instanceof PaymentEvent.PaymentFailed) {
            return remove(sql, event.orderId(), Awaited.CHARGE);
        } else if (event instanceof PaymentEvent.PaymentRefundRequested) {
            return add(sql, event.orderId(), Awaited.REFUND, now);
        } else if (event instanceof PaymentEvent.PaymentRefunded) {
            return remove(sql, event.orderId(), Awaited.REFUND);
        }
        return Future.succeededFuture();
    }

    private static Future<Void> add(SqlClient sql, UUID order, Awaited kind, Instant now) {
        return sql.preparedQuery(ADD)
                .execute(Tuple.of(order, kind.name(), utc(now), utc(now.plus(FIRST))))
                .mapEmpty();
    }

    private static Future<Void> remove(SqlClient sql, UUID order, Awaited kind) {
        return sql.preparedQuery(REMOVE).execute(Tuple.of(order, kind.name())).mapEmpty();
    }

    /** Takes what is to be asked for at a time, the longest due first, and postpones it: 5 s, then twice as long each time, up to 10 minutes. */
    static Future<List<AwaitedResult>> claim(SqlClient sql, Instant now, int limit) {
        return sql.preparedQuery(CLAIM)
                .execute(Tuple.of(utc(now), limit))
                .map(rows -> rows.stream().map(PendingPaymentTable::awaited).toList());
    }

    private static AwaitedResult awaited(Row row) {
        return new AwaitedResult(
                row.getUUID("order_id"),
                Awaited.valueOf(row.getString("kind")),
                row.getOffsetDateTime("requested_at").toInstant());
    }

    private static OffsetDateTime utc(Instant time) {
        return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
