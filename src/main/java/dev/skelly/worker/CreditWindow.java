package dev.skelly.worker;

/**
 * Decides how many messages of one worker a node may hold: a number, and fewer when they are long. It knows the length of a message only when
 * it has come, so it goes by the average of the newest. Confined to one context.
 */
final class CreditWindow {

    private static final int FIRST =
            64; // Until the length of messages is known; also the least, unless the window is smaller.
    private static final int AVERAGED = 32;

    private final int messagesMax;
    private final long bytesMax;
    private double averageBytes; // Confined to the owner's context, like the fields below.
    private boolean known;
    private int granted;

    /**
     * Creates a window that nothing is granted of.
     *
     * @param bytesMax number of bytes of data that the granted messages have together, if they are like the newest ones
     */
    CreditWindow(int messagesMax, long bytesMax) {
        this.messagesMax = messagesMax;
        this.bytesMax = bytesMax;
    }

    /** Forgets what was granted; a new receiver begins. */
    void reset() {
        granted = 0;
    }

    /** Records that a message came. */
    void received(int bytes) {
        averageBytes += (bytes - averageBytes) / (known ? AVERAGED : 1);
        known = true;
    }

    /** Records that messages were settled. */
    void settled(int count) {
        granted -= count;
    }

    /** Returns how many more messages to request now, and counts them as granted. */
    int grant() {
        var more = Math.max(0, allowed() - granted);
        granted += more;
        return more;
    }

    private int allowed() {
        var least = Math.min(FIRST, messagesMax);
        return known ? (int) Math.max(least, Math.min(messagesMax, bytesMax / Math.max(1, averageBytes))) : least;
    }
}
