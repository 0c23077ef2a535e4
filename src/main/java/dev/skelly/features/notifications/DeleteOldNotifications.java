package dev.skelly.features.notifications;

import dev.skelly.feature.Command;
import java.time.Instant;

/**
 * Deletes notifications.
 *
 * @param before those created before
 * @param peopleMax whose notifications are deleted at once
 */
record DeleteOldNotifications(Instant before, int peopleMax)
        implements Command<DeleteOldNotifications.DeletedNotifications> {

    /** The number of people whose notifications were deleted. */
    record DeletedNotifications(int people) {}
}
