package dev.skelly.worker;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import java.util.UUID;

/** The events that report to an emitter how the work on its event ended. */
@Channels("user:{emitter}")
public sealed interface ProcessingEvent extends Event {

    /** Returns the id of the processed event. */
    UUID eventId();

    /** Returns the account that emitted it. */
    UUID emitter();

    @Override
    default String subject() {
        return "event:" + eventId();
    }

    @Override
    default Audience audience() {
        return Audience.of(Audience.user(emitter()));
    }

    /** Every worker that reacts to the event is done. */
    @EventName("event.processed")
    @Description("Every worker that reacts to an emitted event is done with it.")
    record Processed(UUID eventId, String eventType, UUID emitter) implements ProcessingEvent {}

    /**
     * A worker gave the event up. When an administrator retries it with success, {@code event.processed} still follows.
     *
     * @param worker its name
     */
    @EventName("event.failed")
    @Description(
            "A worker gave up an emitted event; event.processed may still follow when an administrator retries it.")
    record Failed(UUID eventId, String eventType, UUID emitter, String worker) implements ProcessingEvent {}
}
