package dev.skelly.feature.accounts;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;

/**
 * What a signed-in person sends who wants another password.
 *
 * @param oldPassword the one there is
 * @param password the one to be
 */
record PasswordChange(String oldPassword, String password) {

    static final BodySchema SHAPE = BodySchema.of(NewPassword.present("oldPassword"), NewPassword.field());

    /**
     * Checks what the shape cannot.
     *
     * @throws Problem when the password may not be set
     */
    PasswordChange {
        NewPassword.check(password);
    }

    /** Neither password. */
    @Override
    public String toString() {
        return "PasswordChange[]";
    }
}
