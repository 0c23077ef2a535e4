package dev.skelly.features.accounts.email;

import dev.skelly.feature.Query;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which address did the account have when this change was requested? Known also when the change was made meanwhile. */
public record FindFormerEmail(UUID change) implements Query<FindFormerEmail.Answer> {

    /**
     * Where to write of the change.
     *
     * @param account null when the change was taken back
     * @param email null exactly when {@code account} is
     */
    public record Answer(@Nullable UUID account, @Nullable String email) {

        static final Answer NONE = new Answer(null, null);

        @Override
        public String toString() {
            return "Answer[" + account + "]";
        }
    }
}
