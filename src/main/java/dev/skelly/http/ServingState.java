package dev.skelly.http;

/** Holds whether the node is starting, serving, or draining. Safe on any thread. */
public final class ServingState {

    private volatile boolean started;
    private volatile boolean draining;

    /** Marks the node as started. */
    public void started() {
        started = true;
    }

    /** Starts draining: new requests get 503 and readiness fails; requests in progress continue. */
    public void drain() {
        draining = true;
    }

    /** Tells whether the node has started. */
    public boolean isStarted() {
        return started;
    }

    /** Tells whether the node is draining. */
    public boolean isDraining() {
        return draining;
    }
}
