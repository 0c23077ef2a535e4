package dev.skelly.features.notifications;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.skelly.feature.Command;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Changes the state of a person's notifications. Fails with a problem, 404, when one of the ids is not that person's; then nothing changes.
 *
 * @param ids the notifications; ignored when {@code all}
 * @param all all that are not archived
 */
record NotificationChange(UUID account, List<UUID> ids, boolean all, State state)
        implements Command<NotificationChange.ChangedNotifications> {

    /** A state. Each includes those before it, except that unread undoes what follows it. */
    public enum State {
        UNREAD,
        SEEN,
        READ,
        ARCHIVED;

        /** Returns the state of a name such as {@code seen}. */
        @JsonCreator
        public static State of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the list. */
    NotificationChange {
        ids = List.copyOf(ids);
    }

    /**
     * What a change did.
     *
     * @param changed the number of notifications that were in another state before
     */
    record ChangedNotifications(int changed, NotificationCounts counts) {}
}
