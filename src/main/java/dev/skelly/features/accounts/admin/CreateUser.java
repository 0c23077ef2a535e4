package dev.skelly.features.accounts.admin;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;

/**
 * Creates an account for the operator. Its address needs no verification.
 *
 * @param id of the new account
 * @param email an address that {@link EmailAddress} accepts
 * @param passwordHash PHC string
 * @param admin whether the account is an administrator
 */
public record CreateUser(UUID id, String email, SecretText passwordHash, boolean admin) implements Command<Void> {

    @Override
    public String toString() {
        return "CreateUser[" + id + "]";
    }
}
