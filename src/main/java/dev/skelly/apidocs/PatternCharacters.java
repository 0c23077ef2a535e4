package dev.skelly.apidocs;

import dev.skelly.schema.LinearPattern;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Chooses characters that a part of a regular expression allows. Confined to one thread. */
final class PatternCharacters {

    private static final int CHARACTERS_MAX = 0xFFFF;

    private final String preferred;
    private final Map<String, String> known = new HashMap<>();

    /**
     * Creates a choice.
     *
     * @param preferred ASCII characters, of which the allowed ones are chosen
     */
    PatternCharacters(String preferred) {
        this.preferred = preferred;
    }

    /** Returns the preferred characters that are allowed, else the first other one; empty where there is none. */
    String of(PatternNode.OneCharacter one) {
        return known.computeIfAbsent(one.source(), this::find);
    }

    private String find(String source) {
        var one = LinearPattern.of(source);
        var found = preferred
                .codePoints()
                .mapToObj(Character::toString)
                .filter(sign -> one.isFoundIn(sign))
                .collect(Collectors.joining());
        return found.isEmpty() ? any(one) : found;
    }

    /* Printable ones first, control characters of ASCII last. */
    private static String any(LinearPattern one) {
        return IntStream.concat(IntStream.rangeClosed(' ', CHARACTERS_MAX), IntStream.range(0, ' '))
                .filter(sign -> !Character.isSurrogate((char) sign))
                .mapToObj(Character::toString)
                .filter(sign -> one.isFoundIn(sign))
                .findFirst()
                .orElse("");
    }
}
