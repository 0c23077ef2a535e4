package dev.skelly.worker;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import java.util.UUID;

/** The events of dead letters, for administrators. They carry ids, never the data of the failed event. */
@Channels("role:admin")
public sealed interface DeadLetterEvent extends Event {

    /** Returns the id of the dead letter. */
    UUID deadLetter();

    @Override
    default String subject() {
        return "dead-letter:" + deadLetter();
    }

    @Override
    default Audience audience() {
        return Audience.of(Audience.role(Audience.ADMIN));
    }

    /**
     * A worker rejected an event, or used up its attempts.
     *
     * @param worker its name
     * @param eventId the event
     * @param eventType its stored type
     */
    @EventName(DeadLettered.NAME)
    @Description("A worker rejected an event, or used up its attempts.")
    record DeadLettered(UUID deadLetter, String worker, UUID eventId, String eventType) implements DeadLetterEvent {

        static final String NAME = "system.dead-lettered";
    }

    /**
     * An administrator retried a dead letter, with all its attempts.
     *
     * @param by the account
     */
    @EventName("system.dead-letter-retried")
    @Description("An administrator retried a dead letter, with all its attempts.")
    record Retried(UUID deadLetter, String worker, UUID eventId, UUID by) implements DeadLetterEvent {}

    /**
     * An administrator discarded a dead letter.
     *
     * @param reason in the administrator's words
     * @param by the account
     */
    @EventName("system.dead-letter-discarded")
    @Description("An administrator discarded a dead letter.")
    record Discarded(UUID deadLetter, String worker, UUID eventId, String reason, UUID by) implements DeadLetterEvent {}
}
