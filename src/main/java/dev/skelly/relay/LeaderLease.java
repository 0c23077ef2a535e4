package dev.skelly.relay;

/**
 * The lease as a node that stands by sees it.
 *
 * @param epoch of the present term
 * @param backend the holder's database session, 0 when there is none
 * @param stale whether the holder was silent for too long
 * @param gone whether the holder's session has ended
 */
record LeaderLease(long epoch, int backend, boolean stale, boolean gone) {

    /** Whether it may be taken. */
    boolean free() {
        return stale || gone;
    }
}
