package dev.skelly.feature;

import io.vertx.core.Future;

/** Changes the identity of the log for the operator on the command line. The audit log records every change as the operator's. */
public interface LogAdmin {

    /**
     * Gives the log a new epoch. Every cursor from before is then that of another log. Running nodes notice it within seconds; events, positions
     * and the hash chain stay.
     */
    Future<EpochChange> changeEpoch();

    /**
     * A change of the epoch.
     *
     * @param before the former epoch
     * @param after the present epoch, 0 or greater
     */
    record EpochChange(long before, long after) {}
}
