package dev.skelly.feature.accounts;

import dev.skelly.feature.Fault;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Shape;
import java.util.ArrayList;

/**
 * What somebody sends who sets a new password by the link of a mail.
 *
 * @param token of the link
 */
record PasswordReset(String token, String password) {

    private static final int TOKEN_CHARS_MAX = 100;

    static final Shape SHAPE = Shape.of(Shape.text("token", 1, TOKEN_CHARS_MAX), NewPassword.field());

    /**
     * Checks what the shape cannot.
     *
     * @throws Problem when the password may not be set
     */
    PasswordReset {
        var faults = new ArrayList<Fault>();
        NewPassword.check(password, faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }

    /** Neither token nor password. */
    @Override
    public String toString() {
        return "PasswordReset[]";
    }
}
