package dev.skelly.features.accounts.password;

import dev.skelly.feature.Query;
import dev.skelly.features.accounts.SecretText;
import java.time.Instant;
import java.util.UUID;

/** By what does a signed-in person show that it is they? Fails with 401 when the sign-in or the account is gone. */
public record FindPasswordHash(UUID account, UUID session) implements Query<FindPasswordHash.PasswordHash> {

    /**
     * What shows it.
     *
     * @param passwordHash what the password must match
     * @param signedInAt when the password was last typed in this sign-in
     */
    public record PasswordHash(SecretText passwordHash, Instant signedInAt) {}
}
