package dev.skelly.eventlog;

import java.util.Optional;

/**
 * What a walk along the chain found.
 *
 * @param from the first position looked at
 * @param to the last position looked at; where the chain is broken, the last whole one
 * @param events how many are whole
 * @param emptied how many of them have been emptied since they were stamped
 * @param broken the first place at which the log is not what was stamped; empty when it is
 */
public record VerificationReport(long from, long to, long events, long emptied, Optional<Break> broken) {

    /**
     * A place at which the log is not what was stamped.
     *
     * @param position the first that is wrong
     * @param what what is wrong, for a person
     */
    public record Break(long position, String what) {}
}
