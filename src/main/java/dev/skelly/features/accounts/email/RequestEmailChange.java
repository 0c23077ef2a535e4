package dev.skelly.features.accounts.email;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;

/**
 * Note that a person, whose password was found right, wants another address. It takes the place of one requested before.
 *
 * @param change its id
 * @param email an address that {@link EmailAddress} reads
 * @param seenHash what the password was compared with
 */
record RequestEmailChange(UUID change, UUID account, String email, SecretText seenHash) implements Command<Void> {

    @Override
    public String toString() {
        return "RequestEmailChange[" + change + "]";
    }
}
