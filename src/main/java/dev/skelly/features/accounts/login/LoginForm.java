package dev.skelly.features.accounts.login;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.password.PasswordRules;
import java.util.List;

/** What somebody sends who wants to sign in. */
record LoginForm(String email, String password) {

    static final BodySchema SHAPE = BodySchema.of(EmailAddress.field(), PasswordRules.present("password"));

    /**
     * Checks what the shape cannot.
     *
     * @throws Problem when the address is none
     */
    LoginForm {
        if (EmailAddress.parse(email).isEmpty()) {
            throw Problem.invalid(List.of(EmailAddress.fault()));
        }
    }

    /** The same for every spelling of one address. */
    String key() {
        return new EmailAddress(email).key();
    }

    /** Neither address nor password. */
    @Override
    public String toString() {
        return "Credentials[]";
    }
}
