package dev.skelly.features.payments;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The payment of an order: what its events say, and which events a command adds. Immutable; its decisions are pure. Each decision is without events
 * when it is repeated.
 *
 * @param terms null before the request
 * @param withdrawn whether the order was cancelled
 * @param chargeId the provider's id of the charge; null before one is known
 */
record Payment(
        Stage stage,
        @Nullable Terms terms,
        boolean withdrawn,
        @Nullable String chargeId,
        RefundStage refund) {

    /** The payment before its first event. */
    static final Payment NONE = new Payment(Stage.NONE, null, false, null, RefundStage.NONE);

    /** How far the payment is. */
    enum Stage {
        NONE,
        REQUESTED,
        PROCESSED,
        FAILED
    }

    /** How far the refund is. */
    enum RefundStage {
        NONE,
        REQUESTED,
        DONE
    }

    /**
     * What was requested.
     *
     * @param token what stands for the means of payment
     */
    record Terms(UUID order, UUID customer, long amountCents, String token) {}

    /** Requests the payment. Nothing follows if it was withdrawn before. */
    List<PaymentEvent> request(Terms wanted) {
        return stage != Stage.NONE || withdrawn
                ? List.of()
                : List.of(new PaymentEvent.ChargeRequested(
                        wanted.order(), wanted.customer(), wanted.amountCents(), wanted.token()));
    }

    /**
     * Records that the provider took the money. After a refusal the order is lost, so the money is given back without the payment being made. A second
     * charge has no events: the provider must not take money twice for one key, and {@link #contradiction} tells of it.
     */
    List<PaymentEvent> charged(String id) {
        var agreed = terms;
        if (agreed == null) {
            return List.of();
        }
        if (stage == Stage.REQUESTED) {
            var processed =
                    new PaymentEvent.PaymentProcessed(agreed.order(), agreed.customer(), agreed.amountCents(), id);
            return withdrawn ? List.of(processed, giveBack(agreed, id)) : List.of(processed);
        }
        return stage == Stage.FAILED && refund == RefundStage.NONE ? List.of(giveBack(agreed, id)) : List.of();
    }

    /** Records that the provider refused. */
    List<PaymentEvent> declined(String reason) {
        var agreed = terms;
        return agreed == null || stage != Stage.REQUESTED
                ? List.of()
                : List.of(new PaymentEvent.PaymentFailed(agreed.order(), agreed.customer(), reason));
    }

    /** Withdraws the payment: what was taken, or is taken later, is given back. */
    List<PaymentEvent> withdraw(UUID order, UUID customer) {
        if (withdrawn) {
            return List.of();
        }
        var gone = new PaymentEvent.PaymentWithdrawn(order, customer);
        var agreed = terms;
        var taken = chargeId;
        return agreed == null || taken == null || stage != Stage.PROCESSED || refund != RefundStage.NONE
                ? List.of(gone)
                : List.of(gone, giveBack(agreed, taken));
    }

    /** Records that the provider gave the money back. */
    List<PaymentEvent> refunded() {
        var agreed = terms;
        return agreed == null || refund != RefundStage.REQUESTED
                ? List.of()
                : List.of(new PaymentEvent.PaymentRefunded(agreed.order(), agreed.customer(), agreed.amountCents()));
    }

    private static PaymentEvent giveBack(Terms agreed, String id) {
        return new PaymentEvent.PaymentRefundRequested(agreed.order(), agreed.customer(), agreed.amountCents(), id);
    }

    /** Returns why a report of a charge does not fit what the provider reported before; empty if it does. */
    Optional<String> contradiction(String id) {
        if (stage == Stage.NONE) {
            return Optional.of("a charge that was not requested");
        }
        if (chargeId != null && !chargeId.equals(id)) {
            return Optional.of("a second charge");
        }
        return stage == Stage.FAILED && chargeId == null
                ? Optional.of("a charge after a refusal; it is given back")
                : Optional.empty();
    }

    /** Returns the charge whose result is awaited; empty if none is. */
    Optional<Terms> awaitedCharge() {
        return stage == Stage.REQUESTED ? Optional.ofNullable(terms) : Optional.empty();
    }

    /** Returns whether the result of a refund is awaited. */
    boolean awaitsRefund() {
        return refund == RefundStage.REQUESTED;
    }

    /** Returns the payment after an event. */
    Payment after(PaymentEvent event) {
        if (event instanceof PaymentEvent.ChargeRequested asked) {
            var agreed = new Terms(asked.orderId(), asked.customer(), asked.amountCents(), asked.token());
            return new Payment(Stage.REQUESTED, agreed, withdrawn, chargeId, refund);
        } else if (event instanceof PaymentEvent.PaymentProcessed processed) {
            return new Payment(Stage.PROCESSED, terms, withdrawn, processed.chargeId(), refund);
        } else if (event instanceof PaymentEvent.PaymentFailed) {
            return new Payment(Stage.FAILED, terms, withdrawn, chargeId, refund);
        } else if (event instanceof PaymentEvent.PaymentWithdrawn) {
            return new Payment(stage, terms, true, chargeId, refund);
        } else if (event instanceof PaymentEvent.PaymentRefundRequested wanted) {
            return new Payment(stage, terms, withdrawn, wanted.chargeId(), RefundStage.REQUESTED);
        }
        return new Payment(stage, terms, withdrawn, chargeId, RefundStage.DONE);
    }
}
