package dev.skelly.worker;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a worker could not or would not do.
 *
 * @param id UUIDv7, made when it was given up
 * @param eventId the event, to be read at {@code /api/events/{id}}
 * @param state {@code open}, {@code retried} or {@code discarded}
 * @param attempts every attempt's error, the first one first
 * @param firstAt when the event first came to the worker
 * @param lastAt when it was given up
 * @param reason why it was discarded; null otherwise
 * @param actedBy who retried or discarded it; null while open, likewise {@code actedAt}
 * @param version dense from 1; what the entity tag is made of
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
