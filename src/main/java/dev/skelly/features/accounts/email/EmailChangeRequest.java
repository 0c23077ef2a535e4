package dev.skelly.features.accounts.email;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.password.PasswordRules;
import java.util.List;

/**
 * Request body of PUT /api/me/email.
 *
 * @param password the current password
 */
record EmailChangeRequest(String email, String password) {

    static final BodySchema SHAPE = BodySchema.of(EmailAddress.field(), PasswordRules.present("password"));

    /**
     * Checks what the schema cannot.
     *
     * @throws Problem when the address is invalid
     */
    EmailChangeRequest {
        if (EmailAddress.parse(email).isEmpty()) {
            throw Problem.invalid(List.of(EmailAddress.fault()));
        }
    }

    /** Contains neither address nor password. */
    @Override
    public String toString() {
        return "EmailChangeRequest[]";
    }
}
