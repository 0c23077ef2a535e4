package dev.skelly.apidocs;

import java.util.List;

/** A part of a parsed regular expression that takes up text. Assertions are left out: the caller matches the text afterwards. */
sealed interface PatternNode {

    /** The part that takes up no text. */
    PatternNode NOTHING = new Sequence(List.of());

    /**
     * One character of a set.
     *
     * @param source a regular expression of exactly one character, e.g. {@code [a-z]} or {@code \d}
     */
    record OneCharacter(String source) implements PatternNode {}

    /** Parts one after the other. */
    record Sequence(List<PatternNode> parts) implements PatternNode {}

    /** One of several parts. */
    record Choice(List<PatternNode> alternatives) implements PatternNode {}

    /**
     * A repeated part.
     *
     * @param max {@link Integer#MAX_VALUE} without a limit
     */
    record Repetition(PatternNode part, int min, int max) implements PatternNode {}
}
