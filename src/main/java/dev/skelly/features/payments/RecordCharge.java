package dev.skelly.features.payments;

import dev.skelly.feature.Command;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records the result of a charge. Exactly one of the results is present.
 *
 * @param chargeId the provider's id, if it took the money
 * @param reason the provider's word, if it refused
 */
record RecordCharge(
        UUID order, @Nullable String chargeId, @Nullable String reason) implements Command<Void> {

    /** Rejects a result that says two things, or none. */
    RecordCharge {
        if ((chargeId == null) == (reason == null)) {
            throw new IllegalArgumentException("a charge of " + order + " (expected: an id or a reason)");
        }
    }

    /** Creates the command that records a result; empty if there is none yet. */
    static Optional<RecordCharge> of(UUID order, ChargeResult result) {
        if (result instanceof ChargeResult.Charged charged) {
            return Optional.of(new RecordCharge(order, charged.chargeId(), null));
        }
        return result instanceof ChargeResult.Declined declined
                ? Optional.of(new RecordCharge(order, null, declined.reason()))
                : Optional.empty();
    }
}
