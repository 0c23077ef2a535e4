package dev.skelly.relay;

import java.util.ArrayDeque;

/**
 * Tracks the messages of one worker that were sent and are not yet acknowledged. Acknowledgements arrive in any order; the checkpoint
 * follows the contiguous accepted prefix. Confined to one context.
 */
final class InFlightWindow {

    private static final class Sent {

        private final long position;
        private final long deadlineNanos;
        private boolean accepted;

        private Sent(long position, long deadlineNanos) {
            this.position = position;
            this.deadlineNanos = deadlineNanos;
        }
    }

    private final ArrayDeque<Sent> sent = new ArrayDeque<>(); // Confined to the owner's context, like the fields below.
    private long acceptedUpTo;
    private int unanswered;

    /** Starts after {@code position}, up to which everything is already accepted. */
    InFlightWindow(long position) {
        this.acceptedUpTo = position;
    }

    /**
     * Records a sent message.
     *
     * @param position above every earlier one
     * @return called when the broker accepts the message
     */
    Runnable sent(long position, long deadlineNanos) {
        var entry = new Sent(position, deadlineNanos);
        sent.addLast(entry);
        unanswered++;
        return () -> accept(entry);
    }

    private void accept(Sent entry) {
        if (entry.accepted) {
            return;
        }
        entry.accepted = true;
        unanswered--;
        for (var first = sent.peekFirst(); first != null && first.accepted; first = sent.peekFirst()) {
            acceptedUpTo = first.position;
            sent.removeFirst();
        }
    }

    /** Records that no further event up to {@code position} concerns this worker. */
    void passed(long position) {
        if (sent.isEmpty() && position > acceptedUpTo) {
            acceptedUpTo = position;
        }
    }

    /** Returns the position up to which the broker has accepted everything. */
    long acceptedUpTo() {
        return acceptedUpTo;
    }

    int unanswered() {
        return unanswered;
    }

    /** Returns whether the oldest message is past its deadline; younger messages have later deadlines. */
    boolean overdue(long nowNanos) {
        var first = sent.peekFirst();
        return first != null && nowNanos - first.deadlineNanos > 0;
    }
}
