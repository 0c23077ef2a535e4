package dev.skelly.feature.accounts;

import dev.skelly.feature.Fault;
import java.util.List;
import java.util.regex.Pattern;

/** What a person wants to be called. */
final class PersonName {

    static final int CHARS_MAX = 100;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private PersonName() {}

    /** The name without the space around it; adds a fault when nothing is left, or when it is more than a line. */
    static String read(String text, List<Fault> faults) {
        var name = text.strip();
        if (name.isEmpty() || CONTROL.matcher(name).find()) {
            faults.add(new Fault("#/name", "format", "must be one line that is not blank"));
        }
        return name;
    }
}
