package dev.skelly.features.payments;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Requests the payment of an order.
 *
 * @param token what stands for the means of payment
 */
record RequestPayment(UUID order, UUID customer, long amountCents, String token) implements Command<Void> {}
