package dev.skelly.worker;

import java.time.Instant;
import java.util.concurrent.TimeoutException;

/**
 * The error of one failed attempt.
 *
 * @param at when it ended
 * @param node on which it ran
 * @param attempt its number, 1 for the first
 * @param error the failure's class, or a word: {@code later}, {@code refused}, {@code timeout}, {@code abandoned}, {@code missing}
 * @param message for the operator, shortened
 */
public record AttemptError(Instant at, String node, int attempt, String error, String message) {

    private static final int MESSAGE_CHARS_MAX = 500;

    /** Shortens the message and removes characters that the database's JSON cannot store. */
    public AttemptError {
        message = message.replace('\0', ' ');
        message = message.length() > MESSAGE_CHARS_MAX ? message.substring(0, MESSAGE_CHARS_MAX) + "…" : message;
    }

    static AttemptError of(Instant at, String node, int attempt, Throwable failure) {
        var error = failure instanceof TimeoutException
                ? "timeout"
                : failure.getClass().getName();
        return new AttemptError(at, node, attempt, error, String.valueOf(failure.getMessage()));
    }
}
