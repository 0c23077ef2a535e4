package dev.skelly.feature.accounts;

import dev.skelly.feature.Query;
import java.time.Instant;
import java.util.UUID;

/** By what does a signed-in person show that it is they? Fails with 401 when the sign-in or the account is gone. */
record FindOwner(UUID account, UUID session) implements Query<FindOwner.Answer> {

    /**
     * What shows it.
     *
     * @param passwordHash what the password must match
     * @param signedInAt when the password was last typed in this sign-in
     */
    record Answer(Secret passwordHash, Instant signedInAt) {}
}
