package dev.skelly.features.orders;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.event.FieldVisibility;
import dev.skelly.event.VisibleTo;
import java.util.List;
import java.util.UUID;

/** What happens to an order: for its customer, the administrators, and the warehouse, which sees no prices. */
@Channels({"user:{customer}", "role:admin", "role:warehouse"})
public sealed interface OrderEvent extends Event {

    /** The role that ships orders. */
    String WAREHOUSE = "warehouse";

    /** The order's id. */
    UUID orderId();

    /** The account that placed it. */
    UUID customer();

    @Override
    default String subject() {
        return "order:" + orderId();
    }

    @Override
    default Audience audience() {
        return Audience.of(Audience.user(customer()), Audience.role(Audience.ADMIN), Audience.role(WAREHOUSE));
    }

    /** A number of pieces of a product. */
    record Item(String sku, int quantity) {}

    /**
     * The order was placed; its items are held.
     *
     * @param pricesCents price of one piece of each item, in the order of the items
     */
    @EventName("order.placed")
    @Description("An order was placed; its items are held.")
    record Placed(
            UUID orderId,
            UUID customer,
            List<Item> items,

            @VisibleTo({FieldVisibility.SELF, Audience.ADMIN})
            List<Integer> pricesCents,

            @VisibleTo({FieldVisibility.SELF, Audience.ADMIN})
            long totalCents)
            implements OrderEvent {}

    /**
     * Its payment was asked for.
     *
     * @param token what stands for the means of payment; shown to no reader
     */
    @EventName("order.payment-requested")
    @Description("The payment of an order was asked for.")
    record PaymentRequested(
            UUID orderId,
            UUID customer,

            @VisibleTo({FieldVisibility.SELF, Audience.ADMIN})
            long amountCents,

            @VisibleTo({}) String token)
            implements OrderEvent {}

    /** The order was paid. */
    @EventName("order.paid")
    @Description("An order was paid.")
    record Paid(
            UUID orderId,
            UUID customer,

            @VisibleTo({FieldVisibility.SELF, Audience.ADMIN})
            long amountCents) implements OrderEvent {}

    /** The items were taken from the stock. */
    @EventName("order.confirmed")
    @Description("The items of a paid order were taken from the stock.")
    record Confirmed(UUID orderId, UUID customer) implements OrderEvent {}

    /** The order was shipped. */
    @EventName("order.shipped")
    @Description("An order was shipped.")
    record Shipped(UUID orderId, UUID customer) implements OrderEvent {}

    /**
     * The order was cancelled; its items are no longer held.
     *
     * @param reason {@code customer}, {@code payment-failed}, {@code unpaid} or {@code out-of-stock}
     */
    @EventName("order.cancelled")
    @Description(
            "An order was cancelled: by its customer, or because the payment failed or did not come in time, or because the stock was gone.")
    record Cancelled(UUID orderId, UUID customer, String reason) implements OrderEvent {}

    /** The payment of the cancelled order was given back. */
    @EventName("order.refunded")
    @Description("The payment of a cancelled order was given back.")
    record Refunded(
            UUID orderId,
            UUID customer,

            @VisibleTo({FieldVisibility.SELF, Audience.ADMIN})
            long amountCents) implements OrderEvent {}
}
