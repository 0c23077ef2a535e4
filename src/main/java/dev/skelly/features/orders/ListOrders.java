package dev.skelly.features.orders;

import dev.skelly.feature.Query;
import dev.skelly.feature.SchemaName;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lists orders.
 *
 * @param customer only those of this account; null for all
 * @param state only those in this state; null for all
 * @param after only those behind this one in the order; null starts at the beginning
 * @param limit the maximum number
 */
record ListOrders(
        @Nullable UUID customer,
        @Nullable OrderState state,
        boolean newestFirst,
        @Nullable UUID after,
        int limit) implements Query<ListOrders.OrderPage> {

    /**
     * A page of orders.
     *
     * @param nextCursor the {@code after} of the next page; null on the last
     */
    @SchemaName("OrderPage")
    record OrderPage(List<OrderSummary> items, @Nullable String nextCursor) {

        OrderPage withoutPrices() {
            return new OrderPage(items.stream().map(OrderSummary::withoutPrices).toList(), nextCursor);
        }
    }

    /**
     * An order in a list.
     *
     * @param totalCents null for the warehouse
     */
    @SchemaName("OrderSummary")
    record OrderSummary(
            UUID id,
            UUID customer,
            OrderState state,
            @Nullable Long totalCents,
            long version) {

        OrderSummary withoutPrices() {
            return new OrderSummary(id, customer, state, null, version);
        }
    }

    OrderPage page(List<OrderSummaryTable.Summary> rows) {
        var shown = rows.stream()
                .limit(limit)
                .map(row -> new OrderSummary(row.id(), row.customer(), row.state(), row.totalCents(), row.version()))
                .toList();
        return new OrderPage(
                shown, rows.size() > limit ? shown.get(limit - 1).id().toString() : null);
    }
}
