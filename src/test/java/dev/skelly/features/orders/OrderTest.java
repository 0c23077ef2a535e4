package dev.skelly.features.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skelly.features.orders.OrderEvent.Cancelled;
import dev.skelly.features.orders.OrderEvent.Confirmed;
import dev.skelly.features.orders.OrderEvent.Item;
import dev.skelly.features.orders.OrderEvent.Paid;
import dev.skelly.features.orders.OrderEvent.PaymentRequested;
import dev.skelly.features.orders.OrderEvent.Placed;
import dev.skelly.features.orders.OrderEvent.Refunded;
import dev.skelly.features.orders.OrderEvent.Shipped;
import dev.skelly.testkit.AggregateFixture;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be done with an order in each of its states. */
class OrderTest {

    private static final UUID ID = UUID.fromString("0192aaaa-0000-7000-8000-000000000001");
    private static final UUID ADA = UUID.fromString("0192aaaa-0000-7000-8000-00000000000a");
    private static final List<Item> ITEMS = List.of(new Item("lamp", 2), new Item("rope", 3));
    private static final List<Integer> PRICES = List.of(500, 20);

    private static final Placed PLACED = new Placed(ID, ADA, ITEMS, PRICES, 1_060);
    private static final Paid PAID = new Paid(ID, ADA, 1_060);
    private static final Confirmed CONFIRMED = new Confirmed(ID, ADA);
    private static final Shipped SHIPPED = new Shipped(ID, ADA);
    private static final Refunded REFUNDED = new Refunded(ID, ADA, 1_060);

    private static Cancelled cancelled(String reason) {
        return new Cancelled(ID, ADA, reason);
    }

    private static AggregateFixture<Order, OrderEvent> order() {
        return AggregateFixture.of(new OrderAggregate());
    }

    private static AggregateFixture<Order, OrderEvent> in(OrderState state) {
        return switch (state) {
            case PLACED -> order().given(PLACED);
            case PAID -> order().given(PLACED, PAID);
            case CONFIRMED -> order().given(PLACED, PAID, CONFIRMED);
            case SHIPPED -> order().given(PLACED, PAID, CONFIRMED, SHIPPED);
            case CANCELLED -> order().given(PLACED, PAID, cancelled(Order.BY_CUSTOMER));
            case REFUNDED -> order().given(PLACED, PAID, cancelled(Order.BY_CUSTOMER), REFUNDED);
        };
    }

    @Test
    void goesFromItsPlacementToItsShipment() {
        var shipped = order().when(order -> order.place(ID, ADA, ITEMS, PRICES, "ok"))
                .then(PLACED, new PaymentRequested(ID, ADA, 1_060, "ok"))
                .when(order -> order.pay(ID))
                .then(PAID)
                .when(order -> order.confirm(ID, true))
                .then(CONFIRMED)
                .when(order -> order.ship(ID))
                .then(SHIPPED);

        assertThat(shipped.state().state()).isEqualTo(OrderState.SHIPPED);
    }

    @Test
    void isPlacedOnce() {
        in(OrderState.PLACED)
                .when(order -> order.place(ID, ADA, ITEMS, PRICES, "ok"))
                .then();
    }

    @Test
    void endsIfItsStockIsGone() {
        in(OrderState.PAID)
                .when(order -> order.confirm(ID, false))
                .then(cancelled(Order.OUT_OF_STOCK))
                .when(order -> order.refund(ID))
                .then(REFUNDED);
    }

    @ParameterizedTest
    @EnumSource(OrderState.class)
    void stepsOfTheProcessDoNothingInOtherStates(OrderState state) {
        var order = in(state);
        if (state != OrderState.PLACED) {
            order.when(now -> now.pay(ID)).then();
            order.when(now -> now.giveUp(ID, Order.UNPAID)).then();
        }
        if (state != OrderState.PAID) {
            order.when(now -> now.confirm(ID, true)).then();
            order.when(now -> now.confirm(ID, false)).then();
        }
        if (state != OrderState.CANCELLED) {
            order.when(now -> now.refund(ID)).then();
        }
    }

    @ParameterizedTest
    @EnumSource(OrderState.class)
    void commandsOfPeopleNameTheStateThatRefusesThem(OrderState state) {
        var order = in(state);
        if (state == OrderState.CONFIRMED) {
            order.when(now -> now.ship(ID)).then(SHIPPED);
        } else {
            order.when(now -> now.ship(ID)).thenRefused("wrong-state", "is " + state.text() + " (expected: confirmed)");
        }
        if (Set.of(OrderState.PLACED, OrderState.PAID, OrderState.CONFIRMED).contains(state)) {
            order.when(now -> now.cancel(ID)).then(cancelled(Order.BY_CUSTOMER));
        } else {
            order.when(now -> now.cancel(ID)).thenRefused("wrong-state", "is " + state.text());
        }
    }

    @Test
    void isNotFoundBeforeItsPlacement() {
        order().when(now -> now.cancel(ID)).thenRefused("not-found", "no such order");
        order().when(now -> now.ship(ID)).thenRefused("not-found", "no such order");
    }

    @ParameterizedTest
    @EnumSource(OrderState.class)
    void everyWayToAnEndLeavesNothingHeld(OrderState state) {
        OrderState before = null;
        var stock = 0;
        var held = 0;
        for (var step : way(state)) {
            var effect = StockEffect.of(before, step);
            stock += effect.stock();
            held += effect.held();
            before = step;
        }
        assertThat(held).isEqualTo(state == OrderState.PLACED || state == OrderState.PAID ? 1 : 0);
        assertThat(stock).isEqualTo(state == OrderState.CONFIRMED || state == OrderState.SHIPPED ? -1 : 0);
    }

    private static List<OrderState> way(OrderState to) {
        return switch (to) {
            case PLACED -> List.of(OrderState.PLACED);
            case PAID -> List.of(OrderState.PLACED, OrderState.PAID);
            case CONFIRMED -> List.of(OrderState.PLACED, OrderState.PAID, OrderState.CONFIRMED);
            case SHIPPED -> List.of(OrderState.PLACED, OrderState.PAID, OrderState.CONFIRMED, OrderState.SHIPPED);
            case CANCELLED -> List.of(OrderState.PLACED, OrderState.CANCELLED);
            case REFUNDED ->
                List.of(
                        OrderState.PLACED,
                        OrderState.PAID,
                        OrderState.CONFIRMED,
                        OrderState.CANCELLED,
                        OrderState.REFUNDED);
        };
    }
}
