package dev.skelly.features.accounts.password;

import dev.skelly.feature.BodySchema;
import dev.skelly.features.accounts.mail.LinkToken;

/**
 * Request body of POST /api/auth/password/reset.
 *
 * @param token the token of the mailed link
 */
record PasswordResetForm(String token, String password) {

    static final BodySchema SHAPE = BodySchema.of(LinkToken.field(), PasswordRules.field());

    /** Contains neither token nor password. */
    @Override
    public String toString() {
        return "PasswordResetForm[]";
    }
}
