package dev.skelly.features.payments;

import dev.skelly.feature.Command;
import dev.skelly.feature.Ids;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message of the provider.
 *
 * @param type {@code charge.charged}, {@code charge.declined} or {@code refund.refunded}; others say nothing to this program
 * @param reference the order's id, as in the request
 * @param id the provider's id of a charge that was made
 * @param reason why a charge was declined
 */
record WebhookMessage(
        String type,
        String reference,
        @Nullable String id,
        @Nullable String reason) {

    /** Returns the command that records it; empty if it says nothing to this program. */
    Optional<Command<Void>> command() {
        var order = Ids.read(reference).orElse(null);
        if (order == null) {
            return Optional.empty();
        }
        return switch (type) {
            case "charge.charged" -> id == null ? Optional.empty() : Optional.of(new RecordCharge(order, id, null));
            case "charge.declined" ->
                RecordCharge.of(order, new ChargeResult.Declined(reason == null ? "declined" : reason))
                        .map(command -> command);
            case "refund.refunded" -> Optional.of(new RecordRefund(order));
            default -> Optional.empty();
        };
    }
}
