package dev.skelly.relay;

/** Thrown when another node leads: this node's epoch is no longer current. */
final class LeadershipLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The SQLSTATE with which {@code stamp_events} reports the same condition. */
    static final String SQL_STATE = "SK001";

    LeadershipLostException(long epoch) {
        super("epoch " + epoch + " no longer holds the lease", null, false, false);
    }
}
