package dev.skelly.http;

/** How far the node is: coming up, serving, or draining. Safe on any thread. */
public final class ServingState {

    private volatile boolean started;
    private volatile boolean draining;

    /** Everything is up. */
    public void started() {
        started = true;
    }

    /** New requests are answered 503 from now on, readiness says no; what is under way goes on. */
    public void drain() {
        draining = true;
    }

    /** Whether everything came up. */
    public boolean isStarted() {
        return started;
    }

    /** Whether the node is on its way down. */
    public boolean isDraining() {
        return draining;
    }
}
