package dev.skelly.features.accounts.admin;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Creates the first administrator with a printed link. Reading a node's output counts as verification of the address.
 *
 * @param id of the new account
 * @param email an address that {@link EmailAddress} accepts
 * @param passwordHash PHC string
 * @param name null without one
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
