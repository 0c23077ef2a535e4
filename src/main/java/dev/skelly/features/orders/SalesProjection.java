package dev.skelly.features.orders;

import dev.skelly.feature.ProjectedEvent;
import dev.skelly.feature.Projection;
import dev.skelly.feature.ProjectionKind;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts orders and money by day: soon after, because all orders of a day share one row. */
final class SalesProjection implements Projection {

    static final String NAME = "sales";

    private static final String ADD = """
            insert into order_sales as s (day, placed, cancelled, paid_cents, refunded_cents)
            select * from unnest($1::date[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
            on conflict (day) do update set placed = s.placed + excluded.placed, cancelled = s.cancelled + excluded.cancelled,
              paid_cents = s.paid_cents + excluded.paid_cents, refunded_cents = s.refunded_cents + excluded.refunded_cents
            """;

    private static final String DAYS = """
            select day, placed, cancelled, paid_cents, refunded_cents
            from order_sales
            where $1::date is null or day < $1
            order by day desc
            limit $2
            """;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ProjectionKind kind() {
        return ProjectionKind.ASYNCHRONOUS;
    }

    @Override
    public Set<String> types() {
        return Set.of("order.placed", "order.cancelled", "order.paid", "order.refunded");
    }

    @Override
    public List<String> tables() {
        return List.of("order_sales");
    }

    @Override
    public Future<Void> apply(SqlClient sql, List<ProjectedEvent> events) {
        var days = new TreeMap<LocalDate, ListSales.Sales>();
        for (var event : events) {
            var day = LocalDate.ofInstant(event.time(), ZoneOffset.UTC);
            days.merge(day, sales(day, (OrderEvent) event.event().orElseThrow()), ListSales.Sales::plus);
        }
        var all = List.copyOf(days.values());
        return sql.preparedQuery(ADD)
                .execute(Tuple.of(
                        all.stream().map(ListSales.Sales::day).toArray(LocalDate[]::new),
                        all.stream().map(ListSales.Sales::placed).toArray(Long[]::new),
                        all.stream().map(ListSales.Sales::cancelled).toArray(Long[]::new),
                        all.stream().map(ListSales.Sales::paidCents).toArray(Long[]::new),
                        all.stream().map(ListSales.Sales::refundedCents).toArray(Long[]::new)))
                .mapEmpty();
    }

    private static ListSales.Sales sales(LocalDate day, OrderEvent event) {
        return new ListSales.Sales(
                day,
                event instanceof OrderEvent.Placed ? 1 : 0,
                event instanceof OrderEvent.Cancelled ? 1 : 0,
                event instanceof OrderEvent.Paid paid ? paid.amountCents() : 0,
                event instanceof OrderEvent.Refunded refunded ? refunded.amountCents() : 0);
    }

    /** Lists the days before one, the newest first. */
    static Future<List<ListSales.Sales>> days(SqlClient sql, @Nullable LocalDate before, int limit) {
        return sql.preparedQuery(DAYS)
                .execute(Tuple.of(before, limit))
                .map(rows -> rows.stream()
                        .map(row -> new ListSales.Sales(
                                row.getLocalDate("day"),
                                row.getLong("placed"),
                                row.getLong("cancelled"),
                                row.getLong("paid_cents"),
                                row.getLong("refunded_cents")))
                        .toList());
    }
}
