package dev.skelly.relay;

import java.util.OptionalLong;

/** How the relay reads the log for one worker, for simulations: with the product's window, over crashes of the leader. Confined to one thread. */
public final class SimulatedRelay {

    private static final long ANSWER_NANOS = 10_000_000_000L;

    private InFlightWindow window = new InFlightWindow(0);
    private long stored;
    private long read;

    /** Reads the next position; empty at the head of the log. */
    public OptionalLong next(long head) {
        return read < head ? OptionalLong.of(++read) : OptionalLong.empty();
    }

    /** Returns whether there is more to read. */
    public boolean behind(long head) {
        return read < head;
    }

    /**
     * Sends what was read.
     *
     * @return called when the broker accepts it; has no effect after a crash
     */
    public Runnable sent(long position, long nowNanos) {
        return window.sent(position, nowNanos + ANSWER_NANOS);
    }

    /** Returns whether the broker is silent for so long that the relay begins again at its checkpoint. */
    public boolean overdue(long nowNanos) {
        return window.overdue(nowNanos);
    }

    /** Stores the checkpoint. */
    public void store() {
        window.passed(read);
        stored = window.acceptedUpTo();
    }

    /** Forgets everything but the checkpoint, as the next leader does. */
    public void crash() {
        window = new InFlightWindow(stored);
        read = stored;
    }

    /** Returns the checkpoint: a worker's messages up to here need not be sent again. */
    public long stored() {
        return stored;
    }
}
