package dev.skelly.cli;

import java.util.regex.Pattern;

/** Writes words of commands that people copy into a shell. */
final class ShellWord {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

    private ShellWord() {}

    /** Returns the word, in quotes if a shell would take it for anything else. */
    static String of(Object word) {
        var text = word.toString();
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
