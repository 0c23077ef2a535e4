package dev.skelly.feature.accounts;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;

/**
 * What somebody sends who sets a new password by the link of a mail.
 *
 * @param token of the link
 */
record PasswordReset(String token, String password) {

    static final BodySchema SHAPE = BodySchema.of(LinkToken.field(), NewPassword.field());

    /**
     * Checks what the shape cannot.
     *
     * @throws Problem when the password may not be set
     */
    PasswordReset {
        NewPassword.check(password);
    }

    /** Neither token nor password. */
    @Override
    public String toString() {
        return "PasswordReset[]";
    }
}
