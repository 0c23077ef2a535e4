package dev.skelly.features.payments;

import dev.skelly.feature.Command;
import java.util.UUID;

/** Withdraws the payment of an order, requested or not. */
record WithdrawPayment(UUID order, UUID customer) implements Command<Void> {}
