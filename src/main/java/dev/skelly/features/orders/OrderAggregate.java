package dev.skelly.features.orders;

import dev.skelly.aggregate.Aggregate;

/** The fold of an order's events. */
final class OrderAggregate implements Aggregate<Order, OrderEvent> {

    @Override
    public String name() {
        return "order";
    }

    @Override
    public Class<OrderEvent> events() {
        return OrderEvent.class;
    }

    @Override
    public Order initial() {
        return Order.NONE;
    }

    @Override
    public Order evolve(Order order, OrderEvent event) {
        if (event instanceof OrderEvent.Placed placed) {
            return new Order(
                    placed.customer(),
                    OrderState.PLACED,
                    placed.items(),
                    placed.pricesCents(),
                    placed.totalCents(),
                    null);
        }
        if (event instanceof OrderEvent.Cancelled cancelled) {
            return order.cancelled(cancelled.reason());
        }
        if (event instanceof OrderEvent.Paid) {
            return order.in(OrderState.PAID);
        }
        if (event instanceof OrderEvent.Confirmed) {
            return order.in(OrderState.CONFIRMED);
        }
        if (event instanceof OrderEvent.Shipped) {
            return order.in(OrderState.SHIPPED);
        }
        return event instanceof OrderEvent.Refunded ? order.in(OrderState.REFUNDED) : order;
    }
}
