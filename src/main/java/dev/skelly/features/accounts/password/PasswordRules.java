package dev.skelly.features.accounts.password;

import dev.skelly.auth.PasswordHasher;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import java.util.ArrayList;
import java.util.List;

/** What a password has to be when it is set, wherever that happens. */
public final class PasswordRules {

    public static final int CHARS_MIN = 8;
    public static final int CHARS_MAX = 256;

    /* One character may be sent as up to four: a base and its marks. */
    private static final int SENT_CHARS_MAX = 4 * CHARS_MAX;

    private PasswordRules() {}

    /** A field of a body that holds a password to be set. */
    public static BodySchema.Field field() {
        return BodySchema.text("password", CHARS_MIN, SENT_CHARS_MAX)
                .with(
                        "description",
                        "a password of " + CHARS_MIN + " to " + CHARS_MAX
                                + " characters, a letter with its marks being one (NFC), that is not among the 3,000 most used ones");
    }

    /** A field of a body that holds the password there is. */
    public static BodySchema.Field present(String name) {
        return BodySchema.text(name, 1, SENT_CHARS_MAX);
    }

    /**
     * Checks one that comes alone.
     *
     * @throws Problem naming each rule that is broken
     */
    static void check(String password) {
        var faults = new ArrayList<FieldError>();
        check(password, faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }

    /** Adds a fault for each rule that is broken. */
    public static void check(String password, List<FieldError> faults) {
        var composed = PasswordHasher.composed(password);
        var characters = composed.codePointCount(0, composed.length());
        if (characters < CHARS_MIN || characters > CHARS_MAX) {
            faults.add(new FieldError(
                    "#/password", "length", "must have " + CHARS_MIN + " to " + CHARS_MAX + " characters"));
        }
        if (CommonPasswords.include(composed)) {
            faults.add(new FieldError("#/password", "common", "must not be one of the most used passwords"));
        }
    }
}
