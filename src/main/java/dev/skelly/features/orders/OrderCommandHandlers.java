package dev.skelly.features.orders;

import dev.skelly.aggregate.AggregateDecision;
import dev.skelly.aggregate.AggregateRepository;
import dev.skelly.aggregate.Decided;
import dev.skelly.eventlog.Tx;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;

/** Executes the commands of orders and products. */
final class OrderCommandHandlers {

    private final AggregateRepository<Order, OrderEvent> orders;

    OrderCommandHandlers(AggregateRepository<Order, OrderEvent> orders) {
        this.orders = orders;
    }

    Future<ProductTable.Product> put(Tx tx, PutProduct product) {
        return ProductTable.put(tx.sql(), product)
                .compose(stored -> tx.append(new ProductEvent.ProductUpdated(
                                product.sku(), product.name(), product.priceCents(), product.stock()))
                        .map(done -> stored));
    }

    Future<Void> place(Tx tx, PlaceOrder order) {
        return lock(tx.sql(), order.items()).compose(products -> {
            check(order.items(), products);
            var prices = order.items().stream()
                    .map(item ->
                            Objects.requireNonNull(products.get(item.sku())).priceCents())
                    .toList();
            return decide(
                            tx,
                            order.id(),
                            OptionalLong.empty(),
                            state -> state.place(order.id(), order.customer(), order.items(), prices, order.token()))
                    .mapEmpty();
        });
    }

    private static Future<Map<String, ProductTable.Product>> lock(SqlClient sql, List<OrderEvent.Item> items) {
        return ProductTable.lock(sql, items.stream().map(OrderEvent.Item::sku).toList());
    }

    /** Throws the problem of items that are unknown or cannot be held. */
    static void check(List<OrderEvent.Item> items, Map<String, ProductTable.Product> products) {
        var unknown = new ArrayList<FieldError>();
        var missing = new ArrayList<FieldError>();
        for (var i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var product = products.get(item.sku());
            if (product == null) {
                unknown.add(new FieldError("#/items/" + i + "/sku", "unknown", "no product has the sku " + item.sku()));
            } else if (product.available() < item.quantity()) {
                missing.add(new FieldError(
                        "#/items/" + i + "/quantity",
                        "out-of-stock",
                        item.sku() + ": " + product.available() + " available (expected: " + item.quantity() + ")"));
            }
        }
        if (!unknown.isEmpty()) {
            throw Problem.invalid(unknown);
        }
        if (!missing.isEmpty()) {
            var names = missing.stream().map(FieldError::detail).toList();
            throw new Problem(Problem.Kind.CONFLICT, "out-of-stock", String.join("; ", names), missing, null);
        }
    }

    /** Locks the products of many changes at once: one after another, they would be locked in the order of the events. */
    Future<Void> lock(Tx tx, List<ChangeOrder> changes) {
        var moving = changes.stream()
                .filter(change -> change.step().movesStock())
                .map(ChangeOrder::id)
                .toList();
        return moving.size() < 2 ? Future.succeededFuture() : ProductTable.lockOfOrders(tx.sql(), moving);
    }

    Future<OrderView> change(Tx tx, ChangeOrder change) {
        var expected = change.expectedVersion();
        return products(tx, change)
                .compose(products -> decide(
                        tx,
                        change.id(),
                        expected == null ? OptionalLong.empty() : OptionalLong.of(expected),
                        order -> events(order, change, products)))
                .map(decided -> OrderView.of(change.id(), decided.after()));
    }

    /*
     * A group of the process's events is one transaction, which keeps what it locks until its end: a step that never moves stock must not let every order
     * of a product wait for it.
     */
    private Future<Map<String, ProductTable.Product>> products(Tx tx, ChangeOrder change) {
        return change.step().movesStock()
                ? orders.load(tx.sql(), change.id().toString())
                        .compose(seen -> lock(tx.sql(), seen.state().items())) // An order's items never change.
                : Future.succeededFuture(Map.of());
    }

    /** Decides a change. Pure. */
    static List<OrderEvent> events(Order order, ChangeOrder change, Map<String, ProductTable.Product> products) {
        var id = change.id();
        return switch (change.step()) {
            case PAY -> order.pay(id);
            case CONFIRM -> order.confirm(id, inStock(order, products));
            case GIVE_UP_PAYMENT_FAILED -> order.giveUp(id, Order.PAYMENT_FAILED);
            case GIVE_UP_UNPAID -> order.giveUp(id, Order.UNPAID);
            case REFUND -> order.refund(id);
            case CANCEL -> order.cancel(id);
            case SHIP -> order.ship(id);
        };
    }

    private static boolean inStock(Order order, Map<String, ProductTable.Product> products) {
        return order.items().stream().allMatch(item -> {
            var product = products.get(item.sku());
            return product != null && product.stock() >= item.quantity();
        });
    }

    private Future<Decided<Order>> decide(
            Tx tx, UUID id, OptionalLong expected, AggregateDecision<Order, OrderEvent> decision) {
        return orders.decide(tx, id.toString(), expected, decision).compose(decided -> {
            if (!decided.changed()) {
                return Future.succeededFuture(decided);
            }
            var after = decided.after();
            var effect = StockEffect.of(
                    decided.before().state().state(), after.state().state());
            return ProductTable.change(tx.sql(), after.state().items(), effect).map(done -> decided);
        });
    }
}
