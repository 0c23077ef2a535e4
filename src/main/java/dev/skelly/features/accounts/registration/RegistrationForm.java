package dev.skelly.features.accounts.registration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import dev.skelly.features.accounts.EmailAddress;
import dev.skelly.features.accounts.PersonName;
import dev.skelly.features.accounts.password.PasswordOwner;
import dev.skelly.features.accounts.password.PasswordRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Request body of POST /api/auth/register.
 *
 * @param name null without one; without surrounding space
 */
public record RegistrationForm(
        String email, String password, @Nullable String name) {

    static final BodySchema SHAPE = BodySchema.of(EmailAddress.field(), PasswordRules.field(), PersonName.field())
            .checkedBy(RegistrationForm::check);

    /** Adds an error for each rule of passwords that the body breaks, whatever else is wrong with it. */
    public static void check(JsonNode body, List<FieldError> faults) {
        var password = sound(body, "password", faults);
        if (password != null) {
            var owner = new PasswordOwner(sound(body, "email", faults), sound(body, "name", faults));
            PasswordRules.check(password, owner, faults);
        }
    }

    private static @Nullable String sound(JsonNode body, String field, List<FieldError> faults) {
        return faults.stream().anyMatch(fault -> fault.pointer().equals("#/" + field))
                ? null
                : body.path(field).textValue();
    }

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
