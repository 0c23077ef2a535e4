package dev.skelly.features.accounts.registration;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.PersonName;
import dev.skelly.features.accounts.password.PasswordOwner;
import dev.skelly.features.accounts.password.PasswordRules;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Request body of POST /api/auth/register.
 *
 * @param name null without one; without surrounding space
 */
public record RegistrationForm(
        String email, String password, @Nullable String name) {

    static final BodySchema SHAPE = BodySchema.of(EmailAddress.field(), PasswordRules.field(), PersonName.field());

    /**
     * Checks what the schema cannot, and what it could, for input from other sources than HTTP.
     *
     * @throws Problem with all errors
     */
    public RegistrationForm {
        var faults = new ArrayList<FieldError>();
        if (EmailAddress.parse(email).isEmpty()) {
            faults.add(EmailAddress.fault());
        }
        if (name != null) {
            name = PersonName.read(name, faults);
        }
        PasswordRules.check(password, new PasswordOwner(email, name), faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }

    /** Contains neither address nor password. */
    @Override
    public String toString() {
        return "Registration[]";
    }
}
