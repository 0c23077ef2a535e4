package dev.skelly.eventlog;

/** Thrown when a migration of another jar fails. The message is one sentence that names the jar and the feature. */
public final class FailedMigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FailedMigrationException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
