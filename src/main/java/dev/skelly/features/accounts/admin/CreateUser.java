package dev.skelly.features.accounts.admin;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;

/**
 * Make an account by the operator's hand; its address needs no proof.
 *
 * @param id of the new account
 * @param email an address that {@link EmailAddress} reads
 * @param passwordHash PHC string
 * @param admin whether an administrator
 */
public record CreateUser(UUID id, String email, SecretText passwordHash, boolean admin) implements Command<Void> {

    @Override
    public String toString() {
        return "CreateUser[" + id + "]";
    }
}
