package dev.skelly.features.accounts.password;

import dev.skelly.feature.Query;
import dev.skelly.features.accounts.SecretText;
import java.time.Instant;
import java.util.UUID;

/** By what does a signed-in person show that it is they? Fails with 401 when the sign-in or the account is gone. */
public record FindPasswordHash(UUID account, UUID session) implements Query<FindPasswordHash.Answer> {

    /**
     * What shows it.
     *
     * @param passwordHash what the password must match
     * @param signedInAt when the password was last typed in this sign-in
     */
    public record Answer(SecretText passwordHash, Instant signedInAt) {}
}
