package dev.skelly.apidocs;

import dev.skelly.schema.LinearPattern;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Generates a text that a regular expression is found in, as the keyword {@code pattern} of JSON Schema requires. Each text is matched before
 * it is used, with a limited number of steps.
 */
final class PatternExample {

    private static final int LENGTH_MAX = 1_000; // As in SchemaValidator.
    private static final int LENGTH_USUAL = 8;
    private static final int LENGTH_SHORT = 64;
    private static final int LENGTHS_TRIED = 32;
    private static final long STEPS_MAX = 20_000_000; // About a fifth of a second.
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "1234567890";
    private static final List<String> PREFERRED =
            List.of(LETTERS, "A1b2C3d4", "aB3-cD5_eF7.gH9!", DIGITS); // Those after the first are for assertions.

    private static final PatternNode SOMETHING =
            new PatternNode.Repetition(new PatternNode.OneCharacter("[a-z]"), 1, Integer.MAX_VALUE);

    private final LinearPattern pattern;
    private final int min;
    private final int max;
    private long stepsLeft = STEPS_MAX;

    private PatternExample(LinearPattern pattern, int min, int max) {
        this.pattern = pattern;
        this.min = min;
        this.max = Math.min(max, LENGTH_MAX);
    }

    /**
     * Returns a text of {@code min} to {@code max} characters; empty where none is found.
     *
     * @param accepted whether the text also fits otherwise; asked for a few texts
     */
    static Optional<String> of(String pattern, int min, int max, Predicate<String> accepted) {
        return compiled(pattern)
                .flatMap(one -> PatternParser.parse(pattern)
                        .flatMap(node -> new PatternExample(one, min, max).text(node, accepted)));
    }

    /** Returns whether a text has {@code min} to {@code max} characters and the expression is found in it. */
    static boolean fits(String text, String pattern, int min, int max) {
        return compiled(pattern)
                .filter(one -> new PatternExample(one, min, max).fits(text))
                .isPresent();
    }

    private static Optional<LinearPattern> compiled(String pattern) {
        try {
            return Optional.of(LinearPattern.of(pattern));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /* An expression without anchors may be found anywhere in a longer text. Short texts first: they are quick to make. */
    private Optional<String> text(PatternNode node, Predicate<String> accepted) {
        var forms = List.of(
                node,
                new PatternNode.Sequence(List.of(node, SOMETHING)),
                new PatternNode.Sequence(List.of(SOMETHING, node)));
        for (var longest : new TreeSet<>(List.of(Math.min(min + LENGTH_SHORT, max), max))) {
            var lengths = new PatternLengths(longest);
            for (var form : forms) {
                var text = text(form, lengths).filter(accepted);
                if (text.isPresent()) {
                    return text;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> text(PatternNode node, PatternLengths lengths) {
        var usual = Math.max(min, Math.min(LENGTH_USUAL, max));
        var nearest = PatternLengths.lengths(lengths.of(node))
                .filter(length -> length >= min)
                .boxed()
                .sorted(Comparator.comparingInt(length -> Math.abs(length - usual)))
                .limit(LENGTHS_TRIED)
                .toList();
        for (var preferred : PREFERRED) {
            var characters = new PatternCharacters(preferred);
            for (var length : nearest) {
                var text = new PatternWriter(lengths, characters).write(node, length);
                if (fits(text)) {
                    return Optional.of(text);
                }
            }
        }
        return Optional.empty();
    }

    private boolean fits(String text) {
        var length = text.codePointCount(0, text.length());
        stepsLeft -= (long) length * pattern.size();
        return stepsLeft >= 0 && length >= min && length <= max && pattern.isFoundIn(text);
    }
}
