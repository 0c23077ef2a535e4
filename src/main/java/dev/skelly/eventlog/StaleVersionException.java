package dev.skelly.eventlog;

/** Thrown when an append expects another version of its subject than the log holds. */
public final class StaleVersionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the subject and its expected version. */
    public StaleVersionException(String subject, long expected) {
        super("subject " + subject + " is no longer at version " + expected, null, false, false);
    }
}
