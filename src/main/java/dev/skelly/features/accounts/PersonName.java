package dev.skelly.features.accounts;

import dev.skelly.feature.BodySchema;
import dev.skelly.feature.FieldError;
import java.util.List;
import java.util.regex.Pattern;

/** Validates the name of a person. */
public final class PersonName {

    static final int CHARS_MAX = 100;
    private static final String LINE =
            "^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$";
    private static final String EXPECTED = "one line that is not blank";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private PersonName() {}

    /** Returns the field of a body that may hold a name. */
    public static BodySchema.Field field() {
        return BodySchema.text("name", 1, CHARS_MAX)
                .with("pattern", LINE)
                .with("description", EXPECTED)
                .optional();
    }

    /** Returns the name without surrounding space; adds an error when it is blank or longer than one line. */
    public static String read(String text, List<FieldError> faults) {
        var name = text.strip();
        if (name.isEmpty() || CONTROL.matcher(name).find()) {
            faults.add(new FieldError("#/name", "format", "must be " + EXPECTED));
        }
        return name;
    }
}
