package dev.skelly.features.orders;

import dev.skelly.event.Event;
import dev.skelly.feature.BusinessProcess;
import dev.skelly.feature.ClearDeadline;
import dev.skelly.feature.Command;
import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.SetDeadline;
import dev.skelly.features.orders.ChangeOrder.Step;
import dev.skelly.features.payments.PaymentEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Leads an order from its placement to its end: paid, it is confirmed; refused or not paid in time, it is cancelled. Money that comes after the end, or
 * for an order that cannot be confirmed, is given back by payments, which hears of the cancellation.
 */
final class OrderProcess implements BusinessProcess {

    static final String NAME = "order-process";
    private static final String UNPAID = "unpaid";

    private final Duration payWithin;

    OrderProcess(Duration payWithin) {
        this.payWithin = payWithin;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> types() {
        return Set.of(
                "order.placed",
                "order.paid",
                "order.cancelled",
                "payment.processed",
                "payment.failed",
                "payment.refunded");
    }

    @Override
    public List<Command<?>> react(EventDelivery delivery) {
        Event event = delivery.event();
        if (event instanceof OrderEvent.Placed placed) {
            return List.of(new SetDeadline(
                    NAME, placed.orderId().toString(), UNPAID, delivery.time().plus(payWithin)));
        }
        if (event instanceof OrderEvent.Paid paid) {
            return List.of(noDeadline(paid.orderId()), new ChangeOrder(paid.orderId(), Step.CONFIRM));
        }
        if (event instanceof OrderEvent.Cancelled cancelled) {
            return List.of(noDeadline(cancelled.orderId()));
        }
        if (event instanceof PaymentEvent.PaymentProcessed processed) {
            return List.of(new ChangeOrder(processed.orderId(), Step.PAY));
        }
        if (event instanceof PaymentEvent.PaymentFailed failed) {
            return List.of(new ChangeOrder(failed.orderId(), Step.GIVE_UP_PAYMENT_FAILED));
        }
        return event instanceof PaymentEvent.PaymentRefunded refunded
                ? List.of(new ChangeOrder(refunded.orderId(), Step.REFUND))
                : List.of();
    }

    private static ClearDeadline noDeadline(UUID order) {
        return new ClearDeadline(NAME, order.toString(), UNPAID);
    }

    @Override
    public Command<?> overdue(String key, String deadline) {
        return new ChangeOrder(UUID.fromString(key), Step.GIVE_UP_UNPAID);
    }
}
