package dev.skelly.eventlog;

/** An append expected another version of its subject than the log holds. */
public final class StaleVersion extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the subject and what was expected of it. */
    public StaleVersion(String subject, long expected) {
        super("subject " + subject + " is no longer at version " + expected, null, false, false);
    }
}
