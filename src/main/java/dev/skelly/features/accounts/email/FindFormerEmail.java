package dev.skelly.features.accounts.email;

import dev.skelly.feature.Query;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the address that an account had when a change was requested. Works also after the change was made. */
public record FindFormerEmail(UUID change) implements Query<FindFormerEmail.FormerEmail> {

    /**
     * The receiver of the notice.
     *
     * @param account null when the change was withdrawn
     * @param email null exactly when {@code account} is
     */
    public record FormerEmail(
            @Nullable UUID account, @Nullable String email) {

        static final FormerEmail NONE = new FormerEmail(null, null);

        @Override
        public String toString() {
            return "Answer[" + account + "]";
        }
    }
}
