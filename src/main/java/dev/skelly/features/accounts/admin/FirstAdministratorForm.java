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
 * Request body of POST /api/auth/first-administrator.
 *
 * @param token of the link that a node printed
 * @param name null without one; without surrounding space
 */
record FirstAdministratorForm(
        String token,
        String email,
        String password,
        @Nullable String name) {

    static final BodySchema SHAPE = BodySchema.of(
                    LinkToken.field(), EmailAddress.field(), PasswordRules.field(), PersonName.field())
            .checkedBy(RegistrationForm::check);

    /**
     * Checks what the schema cannot.
     *
     * @throws Problem with all errors
     */
    FirstAdministratorForm {
        name = new RegistrationForm(email, password, name).name();
    }

    /** Contains neither token, address nor password. */
    @Override
    public String toString() {
        return "FirstAdministratorForm[]";
    }
}
