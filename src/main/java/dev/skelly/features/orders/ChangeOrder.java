package dev.skelly.features.orders;

import dev.skelly.feature.Command;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Does the next thing with an order. The process's steps do nothing in a state that does not call for them; a person's are refused with 409 {@code
 * wrong-state}.
 *
 * @param expectedVersion the version that the caller has read; null if any is right
 */
record ChangeOrder(UUID id, Step step, @Nullable Long expectedVersion) implements Command<OrderView> {

    /** What is done. */
    enum Step {
        PAY,
        CONFIRM,
        GIVE_UP_PAYMENT_FAILED,
        GIVE_UP_UNPAID,
        REFUND,
        /** By a person. */
        CANCEL,
        SHIP;

        /** Returns whether it may change what is held or on the shelf. */
        boolean movesStock() {
            return this != PAY && this != REFUND && this != SHIP;
        }
    }

    ChangeOrder(UUID id, Step step) {
        this(id, step, null);
    }
}
