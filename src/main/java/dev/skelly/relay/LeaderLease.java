package dev.skelly.relay;

/**
 * The lease as a standby node sees it.
 *
 * @param epoch of the current term
 * @param backend the holder's database session; 0 if the lease has no holder
 * @param stale whether the holder was silent for too long
 * @param gone whether the holder's session has ended
 */
record LeaderLease(long epoch, int backend, boolean stale, boolean gone) {

    /** Returns whether the lease may be taken. */
    boolean free() {
        return stale || gone;
    }
}
