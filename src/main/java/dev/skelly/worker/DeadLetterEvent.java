package dev.skelly.worker;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import java.util.UUID;

/** What happens to dead letters; for administrators. Carries ids, never what the event held. */
@Channels("role:admin")
public sealed interface DeadLetterEvent extends Event {

    /** Which dead letter. */
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
     * A worker refused an event, or used up its attempts.
     *
     * @param worker who
     * @param eventId the event
     * @param eventType its stored type
     */
    @EventName(DeadLettered.NAME)
    @Description("A worker refused an event, or used up its attempts.")
    record DeadLettered(UUID deadLetter, String worker, UUID eventId, String eventType) implements DeadLetterEvent {

        static final String NAME = "system.dead-lettered";
    }

    /**
     * An administrator had it tried again, with all its attempts.
     *
     * @param by the account
     */
    @EventName("system.dead-letter-retried")
    @Description("An administrator had a dead letter tried again, with all its attempts.")
    record Retried(UUID deadLetter, String worker, UUID eventId, UUID by) implements DeadLetterEvent {}

    /**
     * An administrator gave it up for good.
     *
     * @param reason in the administrator's words
     * @param by the account
     */
    @EventName("system.dead-letter-discarded")
    @Description("An administrator gave a dead letter up for good.")
    record Discarded(UUID deadLetter, String worker, UUID eventId, String reason, UUID by) implements DeadLetterEvent {}
}
