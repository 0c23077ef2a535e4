package dev.skelly.features.accounts.password;

import dev.skelly.feature.BodySchema;

/**
 * Request body of PUT /api/me/password.
 *
 * @param oldPassword the current password
 * @param password the new password
 */
record PasswordChangeForm(String oldPassword, String password) {

    static final BodySchema SHAPE = BodySchema.of(PasswordRules.present("oldPassword"), PasswordRules.field());

    /** Contains no password. */
    @Override
    public String toString() {
        return "PasswordChangeForm[]";
    }
}
