package dev.skelly.relay;

/** Another node leads by now: this one's epoch is not the present one. */
final class LeadershipLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** SQLSTATE by which {@code stamp_events} says the same. */
    static final String SQL_STATE = "SK001";

    LeadershipLost(long epoch) {
        super("epoch " + epoch + " holds the lease no longer", null, false, false);
    }
}
