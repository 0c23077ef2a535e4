package dev.skelly.features.accounts.login;

import dev.skelly.feature.Query;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What must a password match?
 *
 * @param email an address that {@link EmailAddress} reads
 * @param device what the browser's cookie says; null without one
 */
public record FindCredential(String email, @Nullable SecretText device) implements Query<FindCredential.Credential> {

    /**
     * An account that may sign in.
     *
     * @param account null when there is none
     * @param passwordHash null exactly when {@code account} is
     * @param knownDevice whether a password of the address's account was right in this browser before
     */
    public record Credential(
            @Nullable UUID account, @Nullable SecretText passwordHash, boolean knownDevice) {}

    @Override
    public String toString() {
        return "FindCredential[]";
    }
}
