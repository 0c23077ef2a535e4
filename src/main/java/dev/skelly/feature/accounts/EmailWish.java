package dev.skelly.feature.accounts;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;
import java.util.List;

/**
 * What a signed-in person sends who wants another address.
 *
 * @param password the one there is
 */
record EmailWish(String email, String password) {

    static final BodySchema SHAPE = BodySchema.of(EmailAddress.field(), NewPassword.present("password"));

    /**
     * Checks what the shape cannot.
     *
     * @throws Problem when the address is none
     */
    EmailWish {
        if (EmailAddress.parse(email).isEmpty()) {
            throw Problem.invalid(List.of(EmailAddress.fault()));
        }
    }

    /** Neither address nor password. */
    @Override
    public String toString() {
        return "EmailWish[]";
    }
}
