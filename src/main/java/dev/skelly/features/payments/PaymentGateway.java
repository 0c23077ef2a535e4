package dev.skelly.features.payments;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;

/**
 * A payment provider. Each call may be repeated: it has one effect for its key. A failed future says nothing of the effect; the call is then repeated.
 * Callable on any context.
 */
interface PaymentGateway {

    /** Takes money. */
    Future<ChargeResult> charge(Charge charge);

    /** Returns the result of a charge that was asked for before. A provider that does not know it is asked for it again. */
    Future<ChargeResult> find(Charge charge);

    /** Gives money back. */
    Future<RefundResult> refund(Refund refund);

    /**
     * A charge.
     *
     * @param order the order that is paid
     * @param token what stands for the means of payment
     * @param requestedAt when it was requested
     */
    record Charge(UUID order, long amountCents, String token, Instant requestedAt) {

        /** Returns the idempotency key. */
        String key() {
            return order.toString();
        }
    }

    /**
     * A refund of a whole charge.
     *
     * @param chargeId the provider's id of the charge
     */
    record Refund(UUID order, String chargeId, long amountCents) {

        /** Returns the idempotency key. */
        String key() {
            return order + "-refund";
        }
    }
}
