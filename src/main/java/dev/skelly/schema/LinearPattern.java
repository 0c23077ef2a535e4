package dev.skelly.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression of ECMA-262 with the flag {@code u}, as the keyword {@code pattern} of JSON Schema has it, matched in time linear in the text. Look-arounds
 * and back references have no such match and are refused. Immutable and thread-safe.
 */
public final class LinearPattern {

    private final Pattern pattern;

    private LinearPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles a regular expression.
     *
     * @throws IllegalArgumentException with the part that is wrong or unsupported and its place, for a person
     */
    public static LinearPattern of(String expression) {
        var translated = new PatternTranslator(expression).translated();
        try {
            return new LinearPattern(Pattern.compile(translated));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription() + " " + e.getPattern(), e);
        }
    }

    /** Returns whether the expression is found anywhere in a text. */
    public boolean isFoundIn(String text) {
        return pattern.matcher(text).find();
    }

    /** Returns the largest number of states that are looked at for each character of a text, about a thousand at most. */
    public int size() {
        return pattern.programSize();
    }
}
