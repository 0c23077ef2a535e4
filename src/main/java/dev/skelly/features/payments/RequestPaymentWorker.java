package dev.skelly.features.payments;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import dev.skelly.features.orders.OrderEvent;
import io.vertx.core.Future;
import java.util.Set;

/** Requests the payments of orders, and withdraws those of cancelled ones. The two may come in any order. */
final class RequestPaymentWorker implements Worker {

    @Override
    public String name() {
        return "request-payment";
    }

    @Override
    public Set<String> types() {
        return Set.of("order.payment-requested", "order.cancelled");
    }

    @Override
    public boolean commandsOnly() {
        return true;
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        return Future.succeededFuture(result(delivery));
    }

    private static WorkResult result(EventDelivery delivery) {
        if (delivery.event() instanceof OrderEvent.PaymentRequested asked) {
            return WorkResult.done(
                    new RequestPayment(asked.orderId(), asked.customer(), asked.amountCents(), asked.token()));
        }
        return delivery.event() instanceof OrderEvent.Cancelled cancelled
                ? WorkResult.done(new WithdrawPayment(cancelled.orderId(), cancelled.customer()))
                : WorkResult.reject("no payment for: " + delivery.type());
    }
}
