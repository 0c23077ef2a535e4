package dev.skelly.features.payments;

import dev.skelly.feature.Command;
import java.util.UUID;

/** Records that the provider gave the money of an order back. */
record RecordRefund(UUID order) implements Command<Void> {}
