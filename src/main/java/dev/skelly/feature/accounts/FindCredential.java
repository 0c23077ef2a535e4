package dev.skelly.feature.accounts;

import dev.skelly.feature.Query;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What must a password match?
 *
 * @param email an address that {@link EmailAddress} reads
 */
record FindCredential(String email) implements Query<FindCredential.Answer> {

    /**
     * An account that may sign in.
     *
     * @param account null when there is none
     * @param passwordHash null exactly when {@code account} is
     */
    record Answer(@Nullable UUID account, @Nullable Secret passwordHash) {

        static final Answer NOBODY = new Answer(null, null);
    }

    @Override
    public String toString() {
        return "FindCredential[]";
    }
}
