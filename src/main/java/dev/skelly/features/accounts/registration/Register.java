package dev.skelly.features.accounts.registration;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Registers an account.
 *
 * @param id of the new account
 * @param email an address that {@link EmailAddress} accepts
 * @param passwordHash PHC string
 * @param name null without one
 * @param device the secret that recognises the browser
 */
public record Register(
        UUID id,
        String email,
        SecretText passwordHash,
        @Nullable String name,
        SecretText device) implements Command<Void> {

    @Override
    public String toString() {
        return "Register[" + id + "]";
    }
}
