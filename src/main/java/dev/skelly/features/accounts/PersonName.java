package dev.skelly.features.accounts;

import dev.skelly.event.OneLine;
import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import dev.skelly.schema.LinearPattern;
import java.util.List;

/** Validates the name of a person. */
public final class PersonName {

    static final int CHARS_MAX = 100;
    private static final LinearPattern LINE = LinearPattern.of(OneLine.PATTERN);

    private PersonName() {}

    /** Returns the field of a body that may hold a name. */
    public static BodySchema.Field field() {
        return BodySchema.line("name", CHARS_MAX).optional();
    }

    /** Returns the name without surrounding space; adds an error when it shows nothing or is longer than one line. */
    public static String read(String text, List<FieldError> faults) {
        var name = text.strip();
        if (!LINE.isFoundIn(name)) {
            faults.add(new FieldError("#/name", "format", "must be " + OneLine.EXPECTED));
        }
        return name;
    }
}
