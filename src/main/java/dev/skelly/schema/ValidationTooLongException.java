package dev.skelly.schema;

/** A validation takes more steps than an event loop may be held for: another thread has to repeat it. */
public final class ValidationTooLongException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ValidationTooLongException() {
        super("validation takes too long for an event loop", null, false, false);
    }
}
