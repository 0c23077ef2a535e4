package dev.skelly.features.accounts.password;

import dev.skelly.feature.Query;
import dev.skelly.features.accounts.SecretText;

/** Checks a password reset token before a password is hashed, because hashing is expensive and guessing tokens is cheap. */
record FindPasswordReset(SecretText token) implements Query<FindPasswordReset.FoundPasswordReset> {

    /**
     * The result.
     *
     * @param known whether the token was issued recently and not used
     * @param owner the account of the token; unknown when the token is
     */
    record FoundPasswordReset(boolean known, PasswordOwner owner) {}
}
