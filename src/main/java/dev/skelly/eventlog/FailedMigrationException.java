package dev.skelly.eventlog;

/** Thrown when a migration of another jar fails, or when tables are of a newer release. The message is one sentence. */
public final class FailedMigrationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FailedMigrationException(String sentence) {
        super(sentence);
    }

    FailedMigrationException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
