package dev.skelly.features.accounts.password;

import dev.skelly.feature.Query;
import dev.skelly.features.accounts.SecretText;
import java.time.Instant;
import java.util.UUID;

/** Finds the password hash of the caller. Fails with 401 when the session or the account has ended. */
public record FindPasswordHash(UUID account, UUID session) implements Query<FindPasswordHash.PasswordHash> {

    /**
     * The credentials of the caller.
     *
     * @param passwordHash the hash of the current password
     * @param signedInAt the time of the session's last password login
     * @param owner what a new password must not be made of
     */
    public record PasswordHash(SecretText passwordHash, Instant signedInAt, PasswordOwner owner) {}
}
