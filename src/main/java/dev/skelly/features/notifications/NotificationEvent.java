package dev.skelly.features.notifications;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens to a person's notifications, for that person alone. */
@Channels("user:{userId}")
public sealed interface NotificationEvent extends Event {

    /** The receiver's account. */
    UUID userId();

    @Override
    default String subject() {
        return "notifications:" + userId();
    }

    @Override
    default Audience audience() {
        return Audience.of(Audience.user(userId()));
    }

    /**
     * A notification was created.
     *
     * @param counts after the creation
     */
    @EventName("notification.created")
    @Description("A notification was created.")
    record Created(UUID userId, Notification notification, NotificationCounts counts) implements NotificationEvent {}

    /**
     * Notifications were changed: one by a further event, or some by the person.
     *
     * @param notification its state after a further event; null when the person changed the state of some
     * @param ids the changed ones; empty when the person changed all at once
     * @param state the new state that the person chose; null after a further event
     * @param counts after the change
     */
    @EventName("notification.updated")
    @Description("Notifications were changed: one by a further event, or some by the person.")
    record NotificationUpdated(
            UUID userId,
            @Nullable Notification notification,
            List<UUID> ids,
            NotificationChange.@Nullable State state,
            NotificationCounts counts)
            implements NotificationEvent {

        /** Copies the list. */
        public NotificationUpdated {
            ids = List.copyOf(ids);
        }
    }

    /**
     * The person read notifications. Comes with an update, for those who count what is read.
     *
     * @param ids the ones read; empty when the person read all at once
     * @param counts after the change
     */
    @EventName("notification.read")
    @Description("The person read notifications.")
    record Read(UUID userId, List<UUID> ids, NotificationCounts counts) implements NotificationEvent {

        /** Copies the list. */
        public Read {
            ids = List.copyOf(ids);
        }
    }

    /**
     * Notifications are to be mailed to their receiver.
     *
     * @param batchId the mail that names them
     */
    @EventName("notification.mail-due")
    @Description("Notifications are to be mailed to their receiver.")
    @Channels("role:admin")
    record MailDue(UUID userId, UUID batchId) implements NotificationEvent {

        @Override
        public Audience audience() {
            return Audience.of(Audience.role(Audience.ADMIN));
        }
    }
}
