package dev.skelly.bus;

/**
 * Remembers which of a sender's newest sequence numbers were seen. Messages of several threads may pass each other by less than its width;
 * what is older is refused. Safe on any thread.
 */
final class ReplayWindow {

    /** A sender's messages to one node travel over one connection, in the order in which they are sealed, give or take its threads. */
    static final int WIDTH = 4_096;

    private final long[] seen = new long[WIDTH / Long.SIZE];
    private long highest = -1;

    /** Returns whether the number is new, and remembers it. */
    synchronized boolean accept(long sequence) {
        if (sequence <= highest - WIDTH || sequence < 0) {
            return false;
        }
        if (sequence > highest) {
            forget(sequence);
            highest = sequence;
        }
        var word = (int) (sequence % WIDTH) / Long.SIZE;
        var bit = 1L << (sequence % Long.SIZE);
        var fresh = (seen[word] & bit) == 0;
        seen[word] |= bit;
        return fresh;
    }

    private void forget(long next) {
        if (next - highest >= WIDTH) {
            java.util.Arrays.fill(seen, 0);
            return;
        }
        for (var passed = highest + 1; passed <= next; passed++) {
            seen[(int) (passed % WIDTH) / Long.SIZE] &= ~(1L << (passed % Long.SIZE));
        }
    }
}
