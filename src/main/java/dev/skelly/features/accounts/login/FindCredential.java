package dev.skelly.features.accounts.login;

import dev.skelly.feature.Query;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the password hash of an address.
 *
 * @param email an address that {@link EmailAddress} accepts
 * @param device the secret of the device cookie; null without one
 */
public record FindCredential(String email, @Nullable SecretText device) implements Query<FindCredential.Credential> {

    /**
     * An account that may log in.
     *
     * @param account null without one
     * @param passwordHash null exactly when {@code account} is
     * @param knownDevice whether a login to this account has succeeded in this browser before
     */
    public record Credential(
            @Nullable UUID account, @Nullable SecretText passwordHash, boolean knownDevice) {}

    @Override
    public String toString() {
        return "FindCredential[]";
    }
}
