package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Note that a person, whose password was found right, wants another address. It takes the place of one wished before.
 *
 * @param change its id
 * @param email an address that {@link EmailAddress} reads
 * @param seenHash what the password was compared with
 */
record AskForEmail(UUID change, UUID account, String email, Secret seenHash) implements Command<Void> {

    @Override
    public String toString() {
        return "AskForEmail[" + change + "]";
    }
}
