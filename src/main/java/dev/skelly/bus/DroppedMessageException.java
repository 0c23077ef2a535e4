package dev.skelly.bus;

/** Thrown for a message of another node that is not accepted. */
final class DroppedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final DropReason reason;

    DroppedMessageException(DropReason reason) {
        super("a message that " + reason.explanation(), null, false, false); // A stranger must not cost stack traces.
        this.reason = reason;
    }

    DropReason reason() {
        return reason;
    }
}
