package dev.skelly.feature.accounts;

import dev.skelly.feature.Fault;
import dev.skelly.feature.Shape;
import java.util.List;

/** What a password has to be when it is set, wherever that happens. */
final class NewPassword {

    static final int CHARS_MIN = 8;
    static final int CHARS_MAX = 256;

    private NewPassword() {}

    /** A field of a body that holds a password to be set. */
    static Shape.Field field() {
        return Shape.text("password", CHARS_MIN, CHARS_MAX)
                .with("description", "a password that is not among the 3,000 most used ones");
    }

    /** A field of a body that holds the password there is. */
    static Shape.Field present(String name) {
        return Shape.text(name, 1, CHARS_MAX);
    }

    /** Adds a fault for each rule that is broken. */
    static void check(String password, List<Fault> faults) {
        var characters = password.codePointCount(0, password.length());
        if (characters < CHARS_MIN || characters > CHARS_MAX) {
            faults.add(
                    new Fault("#/password", "length", "must have " + CHARS_MIN + " to " + CHARS_MAX + " characters"));
        }
        if (CommonPasswords.include(password)) {
            faults.add(new Fault("#/password", "common", "must not be one of the most used passwords"));
        }
    }
}
