/**
 * The payments of orders, at a payment provider.
 *
 * <p>Owns the table {@code payment_pending}. Emits {@link dev.skelly.features.payments.PaymentEvent}. Handles {@code order.payment-requested}, {@code
 * order.cancelled}, and its own {@code payment.requested} and {@code payment.refund-requested}.
 *
 * <p>Invariants, whatever is killed, doubled, late or out of order:
 *
 * <ul>
 *   <li>Money is taken at most once for an order: each call for it has the order's id as its idempotency key.
 *   <li>If the order is cancelled, or the provider refused before it took money after all, whatever was taken is given back exactly once: a refund is
 *       requested at most once, and each call for it has the key {@code <order>-refund}.
 *   <li>A payment that is withdrawn before it is requested is never requested.
 *   <li>A request without a result has a row in {@code payment_pending}, written in the transaction of its event, and is asked for again until it has one.
 * </ul>
 */
@NullMarked
package dev.skelly.features.payments;

import org.jspecify.annotations.NullMarked;
