package dev.skelly.features.accounts.password;

import dev.skelly.auth.PasswordHasher;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import dev.skelly.feature.Problem;
import java.util.ArrayList;
import java.util.List;

/** Validates new passwords. */
public final class PasswordRules {

    public static final int CHARS_MIN = 8;
    public static final int CHARS_MAX = 256;

    /* One character may take up to four code points: a base and its marks. */
    private static final int SENT_CHARS_MAX = 4 * CHARS_MAX;

    private PasswordRules() {}

    /** Returns the field of a body that holds a new password. */
    public static BodySchema.Field field() {
        return BodySchema.text("password", CHARS_MIN, SENT_CHARS_MAX)
                .with(
                        "description",
                        "a password of " + CHARS_MIN + " to " + CHARS_MAX
                                + " characters, counted after NFC normalisation. Not one of the 100,000 most used, not the "
                                + "account's address or name, not a repeated short text such as `abcabcabc`, not a row of neighbours such "
                                + "as `abcd4321` or `qwertyui`");
    }

    /** Returns the field of a body that holds the current password. */
    public static BodySchema.Field present(String name) {
        return BodySchema.text(name, 1, SENT_CHARS_MAX);
    }

    /**
     * Checks a single password.
     *
     * @throws Problem with all broken rules
     */
    static void check(String password, PasswordOwner owner) {
        var faults = new ArrayList<FieldError>();
        check(password, owner, faults);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults);
        }
    }

    /** Adds an error for each broken rule. */
    public static void check(String password, PasswordOwner owner, List<FieldError> faults) {
        var composed = PasswordHasher.composed(password);
        var characters = composed.codePointCount(0, composed.length());
        if (characters < CHARS_MIN || characters > CHARS_MAX) {
            faults.add(new FieldError(
                    "#/password", "length", "must have " + CHARS_MIN + " to " + CHARS_MAX + " characters"));
        }
        if (CommonPasswords.include(composed)) {
            faults.add(new FieldError("#/password", "common", "must not be one of the most used passwords"));
        }
        if (owner.isNamedBy(composed)) {
            faults.add(new FieldError("#/password", "own", "must not be the address or the name of the account"));
        }
        if (SimplePatterns.repeats(composed)) {
            faults.add(new FieldError("#/password", "repeated", "must not repeat one to four characters"));
        }
        if (SimplePatterns.runs(composed)) {
            faults.add(new FieldError(
                    "#/password", "sequence", "must not be a row of neighbours of an alphabet or a keyboard"));
        }
    }
}
