package dev.skelly.features.accounts.email;

import dev.skelly.feature.Query;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which address did the account have when this change was requested? Known also when the change was made meanwhile. */
public record FindFormerEmail(UUID change) implements Query<FindFormerEmail.FormerEmail> {

    /**
     * Where to write of the change.
     *
     * @param account null when the change was taken back
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
