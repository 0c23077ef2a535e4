package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Make an account by the operator's hand; its address needs no proof.
 *
 * @param id of the new account
 * @param email an address that {@link EmailAddress} reads
 * @param passwordHash PHC string
 * @param admin whether an administrator
 */
record CreateUser(UUID id, String email, Secret passwordHash, boolean admin) implements Command<Void> {

    @Override
    public String toString() {
        return "CreateUser[" + id + "]";
    }
}
