package dev.skelly.features.accounts.password;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;

/**
 * What a signed-in person sends who wants another password.
 *
 * @param oldPassword the one there is
 * @param password the one to be
 */
record PasswordChangeForm(String oldPassword, String password) {

    static final BodySchema SHAPE = BodySchema.of(PasswordRules.present("oldPassword"), PasswordRules.field());

    /**
     * Checks what the shape cannot.
     *
     * @throws Problem when the password may not be set
     */
    PasswordChangeForm {
        PasswordRules.check(password);
    }

    /** Neither password. */
    @Override
    public String toString() {
        return "PasswordChangeForm[]";
    }
}
