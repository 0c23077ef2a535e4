package dev.skelly.apidocs;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
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
        var one = Pattern.compile(source);
        var found = preferred
                .codePoints()
                .mapToObj(Character::toString)
                .filter(sign -> one.matcher(sign).matches())
                .collect(Collectors.joining());
        return found.isEmpty() ? any(one) : found;
    }

    /* Printable ones first, control characters of ASCII last. */
    private static String any(Pattern one) {
        return IntStream.concat(IntStream.rangeClosed(' ', CHARACTERS_MAX), IntStream.range(0, ' '))
                .filter(sign -> !Character.isSurrogate((char) sign))
                .mapToObj(Character::toString)
                .filter(sign -> one.matcher(sign).matches())
                .findFirst()
                .orElse("");
    }
}
