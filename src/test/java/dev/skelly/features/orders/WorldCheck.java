package dev.skelly.features.orders;

import dev.skelly.features.payments.SimulatedPayments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What is true of orders, stock and money in a simulation after each step. The money is that of the provider's own account. */
final class WorldCheck {

    private static final List<OrderState> HELD = List.of(OrderState.PLACED, OrderState.PAID);
    private static final List<OrderState> GONE = List.of(OrderState.CONFIRMED, OrderState.SHIPPED);

    private final SimulatedOrders orders;
    private final SimulatedPayments payments;
    private final Map<String, Integer> had = new HashMap<>(); // Stock with what has left the shelf.

    WorldCheck(SimulatedOrders orders, SimulatedPayments payments) {
        this.orders = orders;
        this.payments = payments;
    }

    /** The stock of a product was set. */
    void corrected(String sku) {
        had.put(sku, Objects.requireNonNull(orders.products.get(sku)).stock() + orders.pieces(sku, GONE));
    }

    /** Checks what is true at any time. */
    void now() {
        orders.products.values().forEach(this::stock);
        orders.orders.forEach(this::money);
    }

    private void stock(ProductTable.Product product) {
        require(product.stock() >= 0, "stock below 0", product);
        require(product.held() == orders.pieces(product.sku(), HELD), "not what is held", product);
        var left = Objects.requireNonNull(had.get(product.sku())) - orders.pieces(product.sku(), GONE);
        require(product.stock() == left, "not what is left", product);
    }

    private void money(UUID id, Order order) {
        var taken = payments.taken(id);
        var back = payments.givenBack(id);
        require(taken == 0 || taken == order.totalCents(), "another sum taken", order);
        require(back == 0 || back == taken, "another sum given back", order);
        switch (Objects.requireNonNull(order.state())) {
            case PAID, CONFIRMED, SHIPPED -> require(taken > 0 && back == 0, "goes on without its money", order);
            case REFUNDED -> require(taken > 0 && back == taken, "refunded without its money", order);
            case PLACED -> require(back == 0, "money given back too early", order);
            case CANCELLED -> {} // The money comes and goes later.
        }
    }

    /** Checks what is true when nothing is left to do. */
    void ended() {
        orders.orders.forEach((id, order) -> {
            var kept = payments.taken(id) - payments.givenBack(id);
            var state = Objects.requireNonNull(order.state());
            require(!HELD.contains(state), "not at its end", order);
            require(kept == (GONE.contains(state) ? order.totalCents() : 0), "money that is not the shop's", order);
            require(state != OrderState.CANCELLED || payments.taken(id) == 0, "cancelled, but not refunded", order);
        });
    }

    private static void require(boolean holds, String fault, Object of) {
        if (!holds) {
            throw new AssertionError(fault + ": " + of);
        }
    }
}
