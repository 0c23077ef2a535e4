package dev.skelly.feature;

import dev.skelly.event.Event;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event delivered to a worker.
 *
 * @param id of the event; one effect per id
 * @param type stored name
 * @param subject whom or what it happened to
 * @param time when it happened
 * @param attempt 1 for the first attempt
 * @param event the event as a record; null when no feature of this process declares the type
 * @param data the event's JSON text
 * @param actor the account that caused it; null without one
 */
public record EventDelivery(
        UUID id,
        String type,
        String subject,
        Instant time,
        int attempt,
        @Nullable Event event,
        String data,
        @Nullable UUID actor) {

    /** Creates a delivery of an event that no account caused. */
    public EventDelivery(
            UUID id, String type, String subject, Instant time, int attempt, @Nullable Event event, String data) {
        this(id, type, subject, time, attempt, event, data, null);
    }
}
