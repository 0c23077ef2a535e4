package dev.skelly.apidocs;

import java.math.BigInteger;

/** Writes a text of a given length for a parsed regular expression. Confined to one thread; for one text. */
final class PatternWriter {

    private final PatternLengths lengths;
    private final PatternCharacters characters;
    private final StringBuilder text = new StringBuilder();

    PatternWriter(PatternLengths lengths, PatternCharacters characters) {
        this.lengths = lengths;
        this.characters = characters;
    }

    /** Writes a text of one of the node's lengths, which need not fulfil the assertions of the expression. */
    String write(PatternNode node, int length) {
        append(node, length);
        return text.toString();
    }

    private void append(PatternNode node, int length) {
        if (node instanceof PatternNode.OneCharacter one) {
            var allowed = characters.of(one);
            if (!allowed.isEmpty()) { // Else the text is too short, and not used.
                text.append(allowed.charAt(text.length() % allowed.length()));
            }
        } else if (node instanceof PatternNode.Choice choice) {
            choice.alternatives().stream()
                    .filter(alternative -> lengths.of(alternative).testBit(length))
                    .findFirst()
                    .ifPresent(alternative -> append(alternative, length));
        } else if (node instanceof PatternNode.Sequence sequence) {
            sequence(sequence, length);
        } else if (node instanceof PatternNode.Repetition repetition) {
            repetition(repetition, length);
        }
    }

    private void sequence(PatternNode.Sequence sequence, int length) {
        var left = length;
        var rests = lengths.rests(sequence);
        for (var index = 0; index < sequence.parts().size(); index++) {
            left -= appendBefore(rests.get(index + 1), sequence.parts().get(index), left);
        }
    }

    private void repetition(PatternNode.Repetition repetition, int length) {
        var part = repetition.part();
        var times = repetition.min();
        while (times < repetition.max() && !lengths.power(part, times).testBit(length)) {
            times++;
        }
        var left = length;
        for (; times > 0; times--) {
            left -= appendBefore(lengths.power(part, times - 1), part, left);
        }
    }

    /* Returns how much it took of the length, so that what is left is one of the lengths of the rest. */
    private int appendBefore(BigInteger rest, PatternNode part, int length) {
        var taken = lengths.shortest(part, one -> one <= length && rest.testBit(length - one));
        append(part, taken);
        return taken;
    }
}
