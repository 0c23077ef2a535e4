package dev.skelly.features.accounts.email;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.password.PasswordRules;
import java.util.List;

/**
 * What a signed-in person sends who wants another address.
 *
 * @param password the one there is
 */
record EmailChangeRequest(String email, String password) {

    static final BodySchema SHAPE = BodySchema.of(EmailAddress.field(), PasswordRules.present("password"));

    /**
     * Checks what the shape cannot.
     *
     * @throws Problem when the address is none
     */
    EmailChangeRequest {
        if (EmailAddress.parse(email).isEmpty()) {
            throw Problem.invalid(List.of(EmailAddress.fault()));
        }
    }

    /** Neither address nor password. */
    @Override
    public String toString() {
        return "EmailChangeRequest[]";
    }
}
