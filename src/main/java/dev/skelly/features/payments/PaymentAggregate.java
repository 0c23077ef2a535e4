package dev.skelly.features.payments;

import dev.skelly.aggregate.Aggregate;

/** Folds the events of a payment. Without snapshots: a payment has at most six events. */
final class PaymentAggregate implements Aggregate<Payment, PaymentEvent> {

    @Override
    public String name() {
        return "payment";
    }

    @Override
    public Class<PaymentEvent> events() {
        return PaymentEvent.class;
    }

    @Override
    public Payment initial() {
        return Payment.NONE;
    }

    @Override
    public Payment evolve(Payment state, PaymentEvent event) {
        return state.after(event);
    }
}
