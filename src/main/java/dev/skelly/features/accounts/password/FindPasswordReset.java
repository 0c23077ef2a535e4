package dev.skelly.features.accounts.password;

import dev.skelly.feature.Query;
import dev.skelly.features.accounts.SecretText;

/** Would this token set a password? Asked before one is hashed, because hashing is dear and guessing is cheap. */
record FindPasswordReset(SecretText token) implements Query<FindPasswordReset.FoundPasswordReset> {

    /**
     * Whether it would.
     *
     * @param known whether it was issued lately and not used
     */
    record FoundPasswordReset(boolean known) {}
}
