package dev.skelly.features.payments;

import dev.skelly.feature.EventDelivery;
import dev.skelly.feature.WorkResult;
import dev.skelly.feature.Worker;
import io.vertx.core.Future;
import java.util.Set;

/** Lets the provider take the money. A repetition has the same idempotency key, and so takes none. */
final class ChargePaymentWorker implements Worker {

    private final PaymentGateway gateway;

    ChargePaymentWorker(PaymentGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return "charge-payment";
    }

    @Override
    public Set<String> types() {
        return Set.of("payment.requested");
    }

    @Override
    public Future<WorkResult> work(EventDelivery delivery) {
        if (!(delivery.event() instanceof PaymentEvent.ChargeRequested asked)) {
            return Future.succeededFuture(WorkResult.reject("no charge for: " + delivery.type()));
        }
        var order = asked.orderId();
        return gateway.charge(new PaymentGateway.Charge(order, asked.amountCents(), asked.token(), delivery.time()))
                .map(result ->
                        RecordCharge.of(order, result).map(WorkResult::done).orElseGet(WorkResult::done))
                .otherwise(failure -> WorkResult.retry("no answer of the payment provider: " + failure.getMessage()));
    }
}
