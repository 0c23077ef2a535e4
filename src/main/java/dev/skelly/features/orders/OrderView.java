package dev.skelly.features.orders;

import dev.skelly.aggregate.Versioned;
import dev.skelly.feature.SchemaName;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An order as readers see it.
 *
 * @param totalCents null for the warehouse
 * @param reason why it was cancelled; null if it was not
 * @param version number of its events; the {@code ETag}
 */
@SchemaName("Order")
record OrderView(
        UUID id,
        UUID customer,
        OrderState state,
        List<OrderItem> items,
        @Nullable Long totalCents,
        @Nullable String reason,
        long version) {

    /**
     * An item.
     *
     * @param priceCents price of one piece; null for the warehouse
     */
    record OrderItem(String sku, int quantity, @Nullable Integer priceCents) {}

    /** Throws 404 if there is no such order. */
    static OrderView of(UUID id, Versioned<Order> order) {
        var state = order.state().state();
        var customer = order.state().customer();
        if (state == null || customer == null) {
            throw Order.unknown();
        }
        var items = order.state().items();
        var prices = order.state().pricesCents();
        return new OrderView(
                id,
                customer,
                state,
                IntStream.range(0, items.size())
                        .mapToObj(i ->
                                new OrderItem(items.get(i).sku(), items.get(i).quantity(), prices.get(i)))
                        .toList(),
                order.state().totalCents(),
                order.state().reason(),
                order.version());
    }

    OrderView withoutPrices() {
        var bare = items.stream()
                .map(item -> new OrderItem(item.sku(), item.quantity(), null))
                .toList();
        return new OrderView(id, customer, state, bare, null, reason, version);
    }
}
