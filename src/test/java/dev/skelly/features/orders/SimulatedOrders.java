package dev.skelly.features.orders;

import dev.skelly.feature.ClearDeadline;
import dev.skelly.feature.Command;
import dev.skelly.feature.SetDeadline;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Orders, stock and deadlines without a database: the product's decisions over maps. Confined to one thread. */
final class SimulatedOrders {

    final Map<UUID, Order> orders = new LinkedHashMap<>();
    final Map<String, ProductTable.Product> products = new HashMap<>();
    final Map<String, Instant> deadlines = new LinkedHashMap<>();

    private final OrderAggregate aggregate = new OrderAggregate();

    /** Executes a command; empty if it is none of orders and of processes. Throws what the product throws. */
    Optional<List<OrderEvent>> handle(Command<?> command) {
        if (command instanceof PlaceOrder place) {
            return Optional.of(place(place));
        } else if (command instanceof ChangeOrder change) {
            var order = orders.getOrDefault(change.id(), Order.NONE);
            return Optional.of(keep(change.id(), OrderCommandHandlers.events(order, change, products)));
        } else if (command instanceof SetDeadline set) {
            deadlines.put(set.key(), set.due());
            return Optional.of(List.of());
        } else if (command instanceof ClearDeadline clear) {
            deadlines.remove(clear.key());
            return Optional.of(List.of());
        }
        return Optional.empty();
    }

    private List<OrderEvent> place(PlaceOrder place) {
        OrderCommandHandlers.check(place.items(), products);
        var prices = place.items().stream()
                .map(item -> product(item.sku()).priceCents())
                .toList();
        var order = orders.getOrDefault(place.id(), Order.NONE);
        return keep(place.id(), order.place(place.id(), place.customer(), place.items(), prices, place.token()));
    }

    private List<OrderEvent> keep(UUID id, List<OrderEvent> events) {
        var before = orders.getOrDefault(id, Order.NONE);
        var after = before;
        for (var event : events) {
            after = aggregate.evolve(after, event);
        }
        orders.put(id, after);
        var effect = StockEffect.of(before.state(), after.state());
        for (var item : after.items()) {
            var product = product(item.sku());
            put(
                    item.sku(),
                    product.stock() + effect.stock() * item.quantity(),
                    product.held() + effect.held() * item.quantity());
        }
        return events;
    }

    /** Corrects the stock. */
    void correct(String sku, int stock) {
        put(sku, stock, products.containsKey(sku) ? product(sku).held() : 0);
    }

    private void put(String sku, int stock, int held) {
        products.put(sku, new ProductTable.Product(sku, sku, 100 + sku.length(), stock, held));
    }

    private ProductTable.Product product(String sku) {
        return Objects.requireNonNull(products.get(sku));
    }

    /** Returns the number of pieces of a product in orders of these states. */
    int pieces(String sku, List<OrderState> states) {
        return orders.values().stream()
                .filter(order -> states.contains(order.state()))
                .flatMap(order -> order.items().stream())
                .filter(item -> item.sku().equals(sku))
                .mapToInt(OrderEvent.Item::quantity)
                .sum();
    }
}
