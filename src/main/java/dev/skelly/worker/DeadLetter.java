package dev.skelly.worker;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event that a worker rejected or failed to process.
 *
 * @param id UUIDv7, created when the worker gave up
 * @param eventId the event, readable at {@code /api/events/{id}}
 * @param state {@code open}, {@code retried} or {@code discarded}
 * @param attempts the error of every attempt, the first one first
 * @param firstAt when the worker first received the event
 * @param lastAt when the worker gave up
 * @param reason why it was discarded; null otherwise
 * @param actedBy the account that retried or discarded it; null while open, likewise {@code actedAt}
 * @param version dense from 1; the basis of the entity tag
 */
public record DeadLetter(
        UUID id,
        String worker,
        UUID eventId,
        String eventType,
        String subject,
        String state,
        List<AttemptError> attempts,
        Instant firstAt,
        Instant lastAt,
        @Nullable String reason,
        @Nullable UUID actedBy,
        @Nullable Instant actedAt,
        long version) {

    public static final String OPEN = "open";
    public static final String RETRIED = "retried";
    public static final String DISCARDED = "discarded";
}
