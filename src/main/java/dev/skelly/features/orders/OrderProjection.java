package dev.skelly.features.orders;

import dev.skelly.aggregate.Versioned;
import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.LogReader;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** The orders as lists show them: the SQL of table {@code order_summary}, which follows from the events. */
final class OrderProjection {

    private static final String KEEP = """
            insert into order_summary (order_id, customer, state, total_cents, version)
            values ($1, $2, $3, $4, $5)
            on conflict (order_id) do update set state = excluded.state, version = excluded.version
            """;

    private static final String SELECT = """
            select order_id, customer, state, total_cents, version
            from order_summary
            where ($1::uuid is null or customer = $1) and ($2::text is null or state = $2)
            """;

    private static final String OLDEST_FIRST =
            SELECT + "and ($3::uuid is null or order_id > $3) order by order_id limit $4";
    private static final String NEWEST_FIRST =
            SELECT + "and ($3::uuid is null or order_id < $3) order by order_id desc limit $4";

    private static final String HISTORY = """
            select position, id, type, type_version, source, subject, subject_version, actor, correlation, causation, time, channels,
              data::text as data, traceparent, sealed
            from event
            where subject = any ($1) and position is not null
            order by position
            limit 500
            """;

    private OrderProjection() {}

    /** A row. */
    record Summary(UUID id, UUID customer, OrderState state, long totalCents, long version) {}

    static Future<Void> keep(SqlClient sql, UUID id, Versioned<Order> order) {
        var state = order.state().state();
        return state == null
                ? Future.succeededFuture()
                : sql.preparedQuery(KEEP)
                        .execute(Tuple.of(
                                id,
                                order.state().customer(),
                                state.text(),
                                order.state().totalCents(),
                                order.version()))
                        .mapEmpty();
    }

    /** Lists one more than asked for, to tell whether there is another page. */
    static Future<List<Summary>> page(SqlClient sql, ListOrders query) {
        var state = query.state();
        return sql.preparedQuery(query.newestFirst() ? NEWEST_FIRST : OLDEST_FIRST)
                .execute(Tuple.of(
                        query.customer(), state == null ? null : state.text(), query.after(), query.limit() + 1))
                .map(rows -> rows.stream()
                        .map(row -> new Summary(
                                row.getUUID("order_id"),
                                row.getUUID("customer"),
                                OrderState.of(row.getString("state")),
                                row.getLong("total_cents"),
                                row.getLong("version")))
                        .toList());
    }

    /** Reads the sequenced events of an order and of its payment, oldest first. */
    static Future<List<StoredEvent>> history(SqlClient sql, UUID id) {
        return sql.preparedQuery(HISTORY)
                .execute(Tuple.of(new String[] {"order:" + id, "payment:" + id}))
                .map(rows -> rows.stream().map(LogReader::envelope).toList());
    }
}
