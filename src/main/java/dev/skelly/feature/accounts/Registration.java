package dev.skelly.feature.accounts;

import dev.skelly.feature.Fault;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Shape;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sends who asks for an account.
 *
 * @param name null where none is given; without the space around it
 */
record Registration(String email, String password, @Nullable String name) {

    static final int PASSWORD_CHARS_MIN = 8;
    static final int PASSWORD_CHARS_MAX = 256;

    static final Shape SHAPE = Shape.of(
            EmailAddress.field(), Shape.text("password", PASSWORD_CHARS_MIN, PASSWORD_CHARS_MAX), PersonName.field());

    /**
     * Checks what the shape cannot.
     *
     * @throws Problem naming every fault
     */
    Registration {
        var faults = new ArrayList<Fault>();
        if (EmailAddress.parse(email).isEmpty()) {
            faults.add(EmailAddress.fault());
        }
        if (name != null) {
            name = PersonName.read(name, faults);
        }
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }

    /**
     * The same, for one that was not held against the shape.
     *
     * @throws Problem when the password is too short or too long
     */
    Registration withPasswordChecked() {
        var characters = password.codePointCount(0, password.length());
        if (characters < PASSWORD_CHARS_MIN || characters > PASSWORD_CHARS_MAX) {
            throw Problem.invalid(
                    "#/password",
                    "length",
                    "must have " + PASSWORD_CHARS_MIN + " to " + PASSWORD_CHARS_MAX + " characters");
        }
        return this;
    }

    /** Neither address nor password. */
    @Override
    public String toString() {
        return "Registration[]";
    }
}
