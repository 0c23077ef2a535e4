package dev.skelly.features.accounts.registration;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Make an account for somebody who asks for one.
 *
 * @param id of the new account
 * @param email an address that {@link EmailAddress} reads
 * @param passwordHash PHC string
 * @param name null where none was given
 */
public record Register(
        UUID id,
        String email,
        SecretText passwordHash,
        @Nullable String name) implements Command<Void> {

    @Override
    public String toString() {
        return "Register[" + id + "]";
    }
}
