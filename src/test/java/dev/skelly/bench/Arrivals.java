package dev.skelly.bench;

import java.util.Arrays;

/** Times from the intended moment of publishing to the arrival of the event in each stream. Confined to one thread. */
final class Arrivals {

    /** Keeps nothing. */
    static final Arrivals NONE = new Arrivals(0, 0, 0);

    private final int first;
    private final long[] intended;
    private final long[] nanos;
    private int count;

    /**
     * Creates an empty one.
     *
     * @param first number of the first event that counts
     * @param events number of events that count
     */
    Arrivals(int first, int events, int readers) {
        this.first = first;
        this.intended = new long[events];
        this.nanos = new long[events * readers];
    }

    /** Before an event is sent. */
    void intend(int number, long at) {
        if (counts(number)) {
            intended[number - first] = at;
        }
    }

    /** An event was read. */
    void arrived(int number, long at) {
        if (counts(number) && count < nanos.length) {
            nanos[count++] = at - intended[number - first];
        }
    }

    private boolean counts(int number) {
        return number >= first && number - first < intended.length;
    }

    /** Returns how many arrivals are missing. */
    int missing() {
        return nanos.length - count;
    }

    /** Sorts; then {@link #millis} can be asked. */
    Arrivals sorted() {
        Arrays.sort(nanos, 0, count);
        return this;
    }

    /** Returns the milliseconds below which this share of the events arrived. */
    double millis(double share) {
        return count == 0 ? Double.NaN : nanos[(int) Math.ceil(share * count) - 1] / 1e6;
    }
}
