package dev.skelly.features.accounts.registration;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.PersonName;
import dev.skelly.features.accounts.password.PasswordRules;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sends who asks for an account.
 *
 * @param name null where none is given; without the space around it
 */
public record RegistrationForm(
        String email, String password, @Nullable String name) {

    static final BodySchema SHAPE = BodySchema.of(EmailAddress.field(), PasswordRules.field(), PersonName.field());

    /**
     * Checks what the shape cannot, and what it could, for those who come another way.
     *
     * @throws Problem naming every fault
     */
    public RegistrationForm {
        var faults = new ArrayList<FieldError>();
        if (EmailAddress.parse(email).isEmpty()) {
            faults.add(EmailAddress.fault());
        }
        PasswordRules.check(password, faults);
        if (name != null) {
            name = PersonName.read(name, faults);
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }

    /** Neither address nor password. */
    @Override
    public String toString() {
        return "Registration[]";
    }
}
