package dev.skelly.features.accounts.login;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.password.PasswordRules;
import java.util.List;

/** Request body of POST /api/auth/login. */
record LoginForm(String email, String password) {

    static final BodySchema SHAPE = BodySchema.of(EmailAddress.field(), PasswordRules.present("password"));

    /**
     * Checks what the schema cannot.
     *
     * @throws Problem when the address is invalid
     */
    LoginForm {
        if (EmailAddress.parse(email).isEmpty()) {
            throw Problem.invalid(List.of(EmailAddress.fault()));
        }
    }

    /** Returns the same key for every spelling of one address. */
    String key() {
        return new EmailAddress(email).key();
    }

    /** Contains neither address nor password. */
    @Override
    public String toString() {
        return "Credentials[]";
    }
}
