package dev.skelly.feature;

import dev.skelly.event.Event;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event handed to a worker.
 *
 * @param id the event's id; one effect for each
 * @param type stored name
 * @param subject whom it happened to
 * @param time when
 * @param attempt 1 for the first try
 * @param event the fact itself, read with the catalogue; null when no feature of this process declares the type
 * @param data the fact's JSON text
 */
public record EventDelivery(
        UUID id,
        String type,
        String subject,
        Instant time,
        int attempt,
        @Nullable Event event,
        String data) {}
