package dev.skelly.relay;

import java.util.ArrayDeque;

/**
 * What was sent for one worker and is not answered yet. Answers come in any order; the checkpoint follows the prefix that is accepted
 * without a hole. Confined to one context.
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

    private final ArrayDeque<Sent> sent = new ArrayDeque<>(); // Confined to the owner's context, as are the rest.
    private long acceptedUpTo;
    private int unanswered;

    /** Begins after {@code position}, up to which all was accepted before. */
    InFlightWindow(long position) {
        this.acceptedUpTo = position;
    }

    /**
     * A message left.
     *
     * @param position above every one before
     * @return how it is to be answered
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

    /** Nothing up to {@code position} concerns this worker beyond what was sent. */
    void passed(long position) {
        if (sent.isEmpty() && position > acceptedUpTo) {
            acceptedUpTo = position;
        }
    }

    /** Up to here the broker has everything. */
    long acceptedUpTo() {
        return acceptedUpTo;
    }

    int unanswered() {
        return unanswered;
    }

    /** Whether the oldest message has waited too long; younger ones have later deadlines. */
    boolean overdue(long nowNanos) {
        var first = sent.peekFirst();
        return first != null && nowNanos - first.deadlineNanos > 0;
    }
}
