package dev.skelly.feature.accounts;

import dev.skelly.feature.Fault;
import dev.skelly.feature.Problem;
import dev.skelly.feature.Shape;
import java.util.ArrayList;

/**
 * What a signed-in person sends who wants another password.
 *
 * @param oldPassword the one there is
 * @param password the one to be
 */
record PasswordChange(String oldPassword, String password) {

    static final Shape SHAPE = Shape.of(NewPassword.present("oldPassword"), NewPassword.field());

    /**
     * Checks what the shape cannot.
     *
     * @throws Problem when the password may not be set
     */
    PasswordChange {
        var faults = new ArrayList<Fault>();
        NewPassword.check(password, faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }

    /** Neither password. */
    @Override
    public String toString() {
        return "PasswordChange[]";
    }
}
