package dev.skelly.features.accounts.admin;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.PersonName;
import dev.skelly.features.accounts.mail.LinkToken;
import dev.skelly.features.accounts.password.PasswordRules;
import dev.skelly.features.accounts.registration.RegistrationForm;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sends who makes the first administrator.
 *
 * @param token of the link that a node printed
 * @param name null where none is given; without the space around it
 */
record FirstAdministratorForm(
        String token,
        String email,
        String password,
        @Nullable String name) {

    static final BodySchema SHAPE =
            BodySchema.of(LinkToken.field(), EmailAddress.field(), PasswordRules.field(), PersonName.field());

    /**
     * Checks what the shape cannot.
     *
     * @throws Problem naming every fault
     */
    FirstAdministratorForm {
        name = new RegistrationForm(email, password, name).name();
    }

    /** Neither token, address nor password. */
    @Override
    public String toString() {
        return "FirstAdministratorForm[]";
    }
}
