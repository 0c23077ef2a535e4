package dev.skelly.features.accounts.email;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;

/**
 * Stores a requested change of the address, after the password was verified. It replaces an earlier one.
 *
 * @param change the change's id
 * @param email an address that {@link EmailAddress} accepts
 * @param seenHash the hash against which the password was verified
 */
record RequestEmailChange(UUID change, UUID account, String email, SecretText seenHash) implements Command<Void> {

    @Override
    public String toString() {
        return "RequestEmailChange[" + change + "]";
    }
}
