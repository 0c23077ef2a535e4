package dev.skelly.relay;

import java.util.Collections;
import java.util.Set;

/**
 * Computes the {@code seq} at or below which no further unsequenced event can become visible, so that sequencing need not walk past index
 * entries that a long snapshot (a dump) keeps there.
 *
 * <p>A transaction that draws a {@code seq} holds a lock on the table until it ends. Algorithm: store the highest sequenced {@code seq} as
 * a mark, together with the current lock holders. Once all those transactions have ended and a later sequencing call found no more than it
 * could take, everything up to the mark is sequenced or rolled back. Transactions that do not write events do not matter. Confined to one
 * context.
 */
final class LowWatermark {

    /** Prefix of lock holders that are prepared transactions. Preparing changes the holder's name, so these are waited for as a whole. */
    private static final String PREPARED = "-1/";

    private enum WatermarkStep {
        IDLE,
        WAITING,
        ENDED
    }

    private long settled; // Confined to the owner's context, like the fields below.
    private long highest;
    private long mark;
    private Set<String> writers = Set.of();
    private WatermarkStep step = WatermarkStep.IDLE;

    /** Returns the watermark: no event at or below it needs sequencing. */
    long settled() {
        return settled;
    }

    /** Records the result of a sequencing call: {@code highestSeq} is 0 when it found nothing, {@code full} when there may be more. */
    void stamped(long highestSeq, boolean full) {
        highest = Math.max(highest, highestSeq);
        if (step == WatermarkStep.ENDED && !full) {
            settled = mark;
            step = WatermarkStep.IDLE;
        }
    }

    /** Returns whether it is worth querying the lock holders. */
    boolean worthLooking() {
        return step == WatermarkStep.WAITING || highest > settled;
    }

    /** Records the transactions that hold the lock on the table now. */
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
