package dev.skelly.worker;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import java.util.UUID;

/** How the work on an emitted event ended; for its emitter alone. */
@Channels("user:{emitter}")
public sealed interface ProcessingEvent extends Event {

    /** The event that was worked on. */
    UUID eventId();

    /** The account that emitted it. */
    UUID emitter();

    @Override
    default String subject() {
        return "event:" + eventId();
    }

    @Override
    default Audience audience() {
        return Audience.of(Audience.user(emitter()));
    }

    /** Every worker that reacts to it is done. */
    @EventName("event.processed")
    @Description("Every worker that reacts to an emitted event is done with it.")
    record Processed(UUID eventId, String eventType, UUID emitter) implements ProcessingEvent {}

    /**
     * A worker gave it up. Should an administrator have it tried again with success, {@code event.processed} still follows.
     *
     * @param worker which
     */
    @EventName("event.failed")
    @Description(
            "A worker gave an emitted event up; event.processed may still follow when an administrator has it tried again.")
    record Failed(UUID eventId, String eventType, UUID emitter, String worker) implements ProcessingEvent {}
}
