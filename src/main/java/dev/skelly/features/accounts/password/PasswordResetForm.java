package dev.skelly.features.accounts.password;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.mail.LinkToken;

/**
 * What somebody sends who sets a new password by the link of a mail.
 *
 * @param token of the link
 */
record PasswordResetForm(String token, String password) {

    static final BodySchema SHAPE = BodySchema.of(LinkToken.field(), PasswordRules.field());

    /**
     * Checks what the shape cannot.
     *
     * @throws Problem when the password may not be set
     */
    PasswordResetForm {
        PasswordRules.check(password);
    }

    /** Neither token nor password. */
    @Override
    public String toString() {
        return "PasswordResetForm[]";
    }
}
