package dev.skelly.relay;

import java.util.Collections;
import java.util.Set;

/**
 * The {@code seq} at or below which no unstamped event can become visible any more, so that stamping need not walk past index entries
 * that a long snapshot (a dump) keeps there.
 *
 * <p>Who draws a {@code seq} holds a lock on the table until its transaction has ended. So: remember the highest stamped {@code seq} as a
 * mark and who holds the lock at that time; once all those transactions have ended and a stamp call after that found no more than it
 * could take, everything up to the mark is stamped or rolled back. Transactions that do not write events do not matter. Confined to one
 * context.
 */
final class LowWatermark {

    /** By this the lock holders of prepared transactions begin; who prepares changes its name, so these are waited for as a whole. */
    private static final String PREPARED = "-1/";

    private enum WatermarkStep {
        IDLE,
        WAITING,
        ENDED
    }

    private long settled; // Confined to the owner's context, as are the rest.
    private long highest;
    private long mark;
    private Set<String> writers = Set.of();
    private WatermarkStep step = WatermarkStep.IDLE;

    /** Nothing at or below this needs looking at. */
    long settled() {
        return settled;
    }

    /** A stamp call answered; {@code highestSeq} is 0 when it found nothing, {@code full} when there may be more. */
    void stamped(long highestSeq, boolean full) {
        highest = Math.max(highest, highestSeq);
        if (step == WatermarkStep.ENDED && !full) {
            settled = mark;
            step = WatermarkStep.IDLE;
        }
    }

    /** Whether it is worth asking who writes. */
    boolean worthLooking() {
        return step == WatermarkStep.WAITING || highest > settled;
    }

    /** These transactions hold the lock on the table now. */
    void looked(Set<String> now) {
        if (step == WatermarkStep.IDLE) {
            mark = highest;
            writers = Set.copyOf(now);
            step = WatermarkStep.WAITING;
        } else if (step == WatermarkStep.WAITING
                && Collections.disjoint(writers, now)
                && now.stream().noneMatch(writer -> writer.startsWith(PREPARED))) {
            step = WatermarkStep.ENDED;
        }
    }
}
