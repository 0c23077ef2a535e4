package dev.skelly.features.payments;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import java.util.Set;

/** Lets the provider give the money back. A repetition has the same idempotency key, and so gives none. */
final class RefundPaymentWorker implements Worker {

    private final PaymentGateway gateway;

    RefundPaymentWorker(PaymentGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return "refund-payment";
    }

    @Override
    public Set<String> types() {
        return Set.of("payment.refund-requested");
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        if (!(delivery.event() instanceof PaymentEvent.PaymentRefundRequested asked)) {
            return Future.succeededFuture(WorkResult.reject("no refund for: " + delivery.type()));
        }
        var order = asked.orderId();
        return gateway.refund(new PaymentGateway.Refund(order, asked.chargeId(), asked.amountCents()))
                .map(result ->
                        result == RefundResult.REFUNDED ? WorkResult.done(new RecordRefund(order)) : WorkResult.done())
                .otherwise(failure -> WorkResult.retry("no answer of the payment provider: " + failure.getMessage()));
    }
}
