package dev.skelly.eventlog;

import java.util.Optional;

/**
 * The result of verifying the hash chain.
 *
 * @param from the first position verified
 * @param to the last position verified; in a broken chain, the last intact one
 * @param events number of intact events
 * @param emptied how many of them were redacted after sequencing
 * @param broken the first position at which the log differs from what was sequenced; empty if there is none
 */
public record VerificationReport(long from, long to, long events, long emptied, Optional<Break> broken) {

    /**
     * A position at which the log differs from what was sequenced.
     *
     * @param position the first wrong position
     * @param what the fault, in words
     */
    public record Break(long position, String what) {}
}
