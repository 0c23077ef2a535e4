package dev.skelly.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why something is done: carried from the request through commands into every event they append.
 *
 * @param correlation the request that started it all
 * @param causation the event that is being answered; null for a request from outside
 * @param actor the signed-in account; null where nobody is
 * @param traceparent W3C trace context; null where there is none
 * @param address from where the request came; null for what comes from no request. Personal: it goes into the audit, never into an
 *     event or a log line
 */
public record Cause(
        UUID correlation,
        @Nullable UUID causation,
        @Nullable UUID actor,
        @Nullable String traceparent,
        @Nullable String address) {

    /** What comes from no request. */
    public Cause(UUID correlation, @Nullable UUID causation, @Nullable UUID actor, @Nullable String traceparent) {
        this(correlation, causation, actor, traceparent, null);
    }

    /** What answers {@code event}: same correlation and actor, caused by it. */
    public static Cause of(Envelope event) {
        return new Cause(event.correlation(), event.id(), event.actor(), event.traceparent());
    }

    /** Something that starts by itself: a command line, a schedule. */
    public static Cause fresh(UUID correlation) {
        return new Cause(correlation, null, null, null);
    }
}
