package dev.skelly.features.accounts.admin;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Make the first administrator by the link that a start printed; whoever can read what a node prints needs no other proof of the address.
 *
 * @param id of the new account
 * @param email an address that {@link EmailAddress} reads
 * @param passwordHash PHC string
 * @param name null where none was given
 */
record MakeFirstAdministrator(
        UUID id,
        SecretText token,
        String email,
        SecretText passwordHash,
        @Nullable String name) implements Command<Void> {

    @Override
    public String toString() {
        return "MakeFirstAdministrator[" + id + "]";
    }
}
