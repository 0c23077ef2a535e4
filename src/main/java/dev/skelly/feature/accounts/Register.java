package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;
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
record Register(
        UUID id,
        String email,
        Secret passwordHash,
        @Nullable String name) implements Command<Void> {

    @Override
    public String toString() {
        return "Register[" + id + "]";
    }
}
