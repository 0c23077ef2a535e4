package dev.skelly.features.payments;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.event.VisibleTo;
import java.util.UUID;

/** What happens to the payment of an order, for its customer and the administrators. An order has one payment, with the order's id. */
@Channels({"user:{customer}", "role:admin"})
public sealed interface PaymentEvent extends Event {

    /** The order that is paid. */
    UUID orderId();

    /** The account that pays. */
    UUID customer();

    @Override
    default String subject() {
        return "payment:" + orderId();
    }

    @Override
    default Audience audience() {
        return Audience.userAndAdmins(customer());
    }

    /**
     * The payment was requested; the provider is asked next.
     *
     * @param token what stands for the means of payment; shown to no reader
     */
    @EventName("payment.requested")
    @Description("A payment was requested.")
    record ChargeRequested(
            UUID orderId,
            UUID customer,
            long amountCents,
            @VisibleTo({}) String token) implements PaymentEvent {}

    /**
     * The provider took the money.
     *
     * @param chargeId the provider's id
     */
    @EventName("payment.processed")
    @Description("A payment was made.")
    record PaymentProcessed(
            UUID orderId,
            UUID customer,
            long amountCents,
            @VisibleTo(Audience.ADMIN) String chargeId) implements PaymentEvent {}

    /**
     * The provider refused.
     *
     * @param reason the provider's word, e.g. {@code card-declined}
     */
    @EventName("payment.failed")
    @Description("A payment was refused.")
    record PaymentFailed(UUID orderId, UUID customer, String reason) implements PaymentEvent {}

    /** The order was cancelled: money that was taken, or is taken later, is given back. */
    @EventName("payment.withdrawn")
    @Description("A payment is not wanted any more; what was paid is given back.")
    record PaymentWithdrawn(UUID orderId, UUID customer) implements PaymentEvent {}

    /** Money is to be given back; the provider is asked next. */
    @EventName("payment.refund-requested")
    @Description("A payment is to be given back.")
    record PaymentRefundRequested(
            UUID orderId,
            UUID customer,
            long amountCents,
            @VisibleTo(Audience.ADMIN) String chargeId) implements PaymentEvent {}

    /** The provider gave the money back. */
    @EventName("payment.refunded")
    @Description("A payment was given back.")
    record PaymentRefunded(UUID orderId, UUID customer, long amountCents) implements PaymentEvent {}
}
