package dev.skelly.features.orders;

import dev.skelly.feature.ProjectedEvent;
import dev.skelly.feature.Projection;
import dev.skelly.feature.ProjectionKind;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps one row for each order, for lists: in the transaction of its events, so that a list shows what its reader has just done. */
final class OrderSummaryProjection implements Projection {

    private static final OrderAggregate ORDERS = new OrderAggregate();

    private static final String INSERT = """
            insert into order_summary (order_id, customer, state, total_cents, version)
            select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[])
            """;

    private static final String UPDATE = """
            update order_summary s set state = coalesce(n.state, s.state), version = n.version
            from unnest($1::uuid[], $2::text[], $3::bigint[]) as n (id, state, version)
            where s.order_id = n.id
            """;

    @Override
    public String name() {
        return "order-summary";
    }

    @Override
    public ProjectionKind kind() {
        return ProjectionKind.INLINE;
    }

    @Override
    public Set<String> types() {
        return Set.of(
                "order.placed",
                "order.payment-requested",
                "order.paid",
                "order.confirmed",
                "order.shipped",
                "order.cancelled",
                "order.refunded");
    }

    @Override
    public List<String> tables() {
        return List.of("order_summary");
    }

    /* What the events of a batch make of a row: its state is null if they do not change it. */
    private record RowChange(
            OrderEvent.@Nullable Placed placed, @Nullable String state, long version) {}

    @Override
    public Future<Void> apply(SqlClient sql, List<ProjectedEvent> events) {
        var changes = new LinkedHashMap<UUID, RowChange>();
        for (var event : events) {
            var record = (OrderEvent) event.event().orElseThrow();
            changes.merge(record.orderId(), change(record, event.subjectVersion()), OrderSummaryProjection::followedBy);
        }
        return insert(sql, changes).compose(done -> update(sql, changes));
    }

    private static RowChange change(OrderEvent event, long version) {
        var state = ORDERS.evolve(Order.NONE, event).state();
        return new RowChange(
                event instanceof OrderEvent.Placed placed ? placed : null,
                state == null ? null : state.text(),
                version);
    }

    private static RowChange followedBy(RowChange former, RowChange next) {
        return new RowChange(former.placed(), next.state() == null ? former.state() : next.state(), next.version());
    }

    private static Future<Void> insert(SqlClient sql, Map<UUID, RowChange> changes) {
        var rows = new ArrayList<OrderEvent.Placed>();
        var states = new ArrayList<String>();
        var versions = new ArrayList<Long>();
        changes.forEach((id, change) -> {
            var placed = change.placed();
            var state = change.state();
            if (placed != null && state != null) {
                rows.add(placed);
                states.add(state);
                versions.add(change.version());
            }
        });
        return rows.isEmpty()
                ? Future.succeededFuture()
                : sql.preparedQuery(INSERT)
                        .execute(Tuple.of(
                                rows.stream().map(OrderEvent.Placed::orderId).toArray(UUID[]::new),
                                rows.stream().map(OrderEvent.Placed::customer).toArray(UUID[]::new),
                                states.toArray(String[]::new),
                                rows.stream().map(OrderEvent.Placed::totalCents).toArray(Long[]::new),
                                versions.toArray(Long[]::new)))
                        .mapEmpty();
    }

    private static Future<Void> update(SqlClient sql, Map<UUID, RowChange> changes) {
        var known = changes.entrySet().stream()
                .filter(entry -> entry.getValue().placed() == null)
                .toList();
        return known.isEmpty()
                ? Future.succeededFuture()
                : sql.preparedQuery(UPDATE)
                        .execute(Tuple.of(
                                known.stream().map(entry -> entry.getKey()).toArray(UUID[]::new),
                                known.stream()
                                        .map(entry -> entry.getValue().state())
                                        .toArray(String[]::new),
                                known.stream()
                                        .map(entry -> entry.getValue().version())
                                        .toArray(Long[]::new)))
                        .mapEmpty();
    }
}
