package dev.skelly.features.orders;

import dev.skelly.feature.Problem;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An order, and what may be done with it. Pure.
 *
 * @param customer null before it is placed
 * @param state null before it is placed
 * @param pricesCents price of one piece of each item, in the order of the items
 * @param reason why it was cancelled; null if it was not
 */
record Order(
        @Nullable UUID customer,
        @Nullable OrderState state,
        List<OrderEvent.Item> items,
        List<Integer> pricesCents,
        long totalCents,
        @Nullable String reason) {

    /** Before it is placed. */
    static final Order NONE = new Order(null, null, List.of(), List.of(), 0, null);

    /** Why an order is cancelled. */
    static final String BY_CUSTOMER = "customer";

    static final String PAYMENT_FAILED = "payment-failed";
    static final String UNPAID = "unpaid";
    static final String OUT_OF_STOCK = "out-of-stock";

    Order {
        items = List.copyOf(items);
        pricesCents = List.copyOf(pricesCents);
    }

    Order in(OrderState next) {
        return new Order(customer, next, items, pricesCents, totalCents, reason);
    }

    Order cancelled(String why) {
        return new Order(customer, OrderState.CANCELLED, items, pricesCents, totalCents, why);
    }

    /** Returns whether an account may see it. */
    boolean belongsTo(UUID account) {
        return account.equals(customer);
    }

    /** Places the order; nothing follows if that was done. */
    List<OrderEvent> place(UUID id, UUID account, List<OrderEvent.Item> wanted, List<Integer> prices, String token) {
        if (state != null) {
            return List.of();
        }
        var total = IntStream.range(0, wanted.size())
                .mapToLong(i -> (long) prices.get(i) * wanted.get(i).quantity())
                .sum();
        return List.of(
                new OrderEvent.Placed(id, account, wanted, prices, total),
                new OrderEvent.PaymentRequested(id, account, total, token));
    }

    /** A payment that comes after the end of the order changes nothing here: payments gives it back. */
    List<OrderEvent> pay(UUID id) {
        return state == OrderState.PLACED ? List.of(new OrderEvent.Paid(id, owner(), totalCents)) : List.of();
    }

    /**
     * Confirms a paid order.
     *
     * @param inStock whether all items are there; without them the order ends
     */
    List<OrderEvent> confirm(UUID id, boolean inStock) {
        if (state != OrderState.PAID) {
            return List.of();
        }
        return inStock
                ? List.of(new OrderEvent.Confirmed(id, owner()))
                : List.of(new OrderEvent.Cancelled(id, owner(), OUT_OF_STOCK));
    }

    /** Ends an order that was not paid; a later one goes on. */
    List<OrderEvent> giveUp(UUID id, String why) {
        return state == OrderState.PLACED ? List.of(new OrderEvent.Cancelled(id, owner(), why)) : List.of();
    }

    List<OrderEvent> cancel(UUID id) {
        require("placed, paid or confirmed", OrderState.PLACED, OrderState.PAID, OrderState.CONFIRMED);
        return List.of(new OrderEvent.Cancelled(id, owner(), BY_CUSTOMER));
    }

    List<OrderEvent> ship(UUID id) {
        require("confirmed", OrderState.CONFIRMED);
        return List.of(new OrderEvent.Shipped(id, owner()));
    }

    List<OrderEvent> refund(UUID id) {
        return state == OrderState.CANCELLED ? List.of(new OrderEvent.Refunded(id, owner(), totalCents)) : List.of();
    }

    private void require(String expected, OrderState... states) {
        var present = state;
        if (present == null) {
            throw unknown();
        }
        if (!List.of(states).contains(present)) {
            throw Problem.conflict("wrong-state", "the order is " + present.text() + " (expected: " + expected + ")");
        }
    }

    private UUID owner() {
        var owner = customer;
        if (owner == null) {
            throw unknown();
        }
        return owner;
    }

    static Problem unknown() {
        return Problem.notFound("no such order");
    }
}
