package dev.skelly.features.orders;

import dev.skelly.event.StoredEvent;
import dev.skelly.eventlog.LogReader;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** The SQL that reads orders as lists show them; {@link OrderSummaryProjection} keeps the table {@code order_summary}. */
final class OrderSummaryTable {

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

    private OrderSummaryTable() {}

    /** A row. */
    record Summary(UUID id, UUID customer, OrderState state, long totalCents, long version) {}

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
