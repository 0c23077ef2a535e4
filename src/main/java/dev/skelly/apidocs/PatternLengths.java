package dev.skelly.apidocs;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Computes the lengths that the texts of a parsed regular expression can have, up to a maximum. A set of lengths is a number with a bit for
 * each. Confined to one thread.
 */
final class PatternLengths {

    private static final BigInteger EMPTY_TEXT = BigInteger.ONE;
    private static final BigInteger ONE_CHARACTER = BigInteger.TWO;

    private final BigInteger upToMax;
    private final IdentityHashMap<PatternNode, BigInteger> known = new IdentityHashMap<>();
    private final IdentityHashMap<PatternNode, List<BigInteger>> powers = new IdentityHashMap<>();
    private final IdentityHashMap<PatternNode, List<BigInteger>> rests = new IdentityHashMap<>();

    PatternLengths(int max) {
        this.upToMax = BigInteger.ONE.shiftLeft(max + 1).subtract(BigInteger.ONE);
    }

    /** Returns all lengths of a node's texts. */
    BigInteger of(PatternNode node) {
        var lengths = known.get(node);
        if (lengths == null) {
            lengths = compute(node).and(upToMax);
            known.put(node, lengths);
        }
        return lengths;
    }

    /** Returns the shortest length of a node's texts that leaves a suitable rest; 0 without any. */
    int shortest(PatternNode node, IntPredicate leavesARest) {
        return lengths(of(node)).filter(leavesARest).findFirst().orElse(0);
    }

    /** Returns the lengths in a set, in ascending order. */
    static IntStream lengths(BigInteger set) {
        return IntStream.range(0, set.bitLength()).filter(set::testBit);
    }

    private BigInteger compute(PatternNode node) {
        if (node instanceof PatternNode.Sequence sequence) {
            return rests(sequence).get(0);
        }
        if (node instanceof PatternNode.Choice choice) {
            return choice.alternatives().stream().map(this::of).reduce(BigInteger.ZERO, BigInteger::or);
        }
        if (node instanceof PatternNode.Repetition repetition) {
            var all = powers(repetition.part());
            var lengths = power(repetition.part(), repetition.min());
            for (var times = repetition.min(); times < all.size() && times <= repetition.max(); times++) {
                lengths = lengths.or(all.get(times));
            }
            return lengths;
        }
        return ONE_CHARACTER;
    }

    /** Returns for each part of a sequence all lengths of the texts of it and the parts after it; at last that of the empty text. */
    List<BigInteger> rests(PatternNode.Sequence sequence) {
        var all = rests.get(sequence);
        if (all == null) {
            all = new ArrayList<>(List.of(EMPTY_TEXT));
            for (var index = sequence.parts().size() - 1; index >= 0; index--) {
                all.add(sums(all.get(all.size() - 1), of(sequence.parts().get(index))));
            }
            Collections.reverse(all);
            rests.put(sequence, all);
        }
        return all;
    }

    /** Returns all lengths of the texts of a part that is repeated so many times. */
    BigInteger power(PatternNode part, int times) {
        var all = powers(part);
        return all.get(Math.min(times, all.size() - 1));
    }

    /* Ends where more repetitions change nothing: no length is left up to the maximum, or the part may be empty. */
    private List<BigInteger> powers(PatternNode part) {
        var all = powers.get(part);
        if (all == null) {
            all = new ArrayList<>(List.of(EMPTY_TEXT));
            var one = of(part);
            for (var next = sums(EMPTY_TEXT, one); !next.equals(all.get(all.size() - 1)); next = sums(next, one)) {
                all.add(next);
            }
            powers.put(part, all);
        }
        return all;
    }

    private BigInteger sums(BigInteger some, BigInteger others) {
        var fewer = some.bitCount() < others.bitCount() ? some : others;
        var more = fewer.equals(some) ? others : some;
        return lengths(fewer)
                .mapToObj(more::shiftLeft)
                .reduce(BigInteger.ZERO, BigInteger::or)
                .and(upToMax);
    }
}
