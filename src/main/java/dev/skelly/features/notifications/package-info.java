/**
 * Notifications of people about events.
 *
 * <p>Owns the tables {@code notification} and {@code notification_count}. Emits {@link
 * dev.skelly.features.notifications.NotificationEvent}. Handles the event types that the operator's declarations name, and its own {@code
 * notification.mail-due}.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A notification, the counts, the event about both and the record that the cause is done commit together.
 *   <li>Every change locks the row of the person's counts first, several people's in the order of their ids. So counts are those of the rows,
 *       and the events of a person are in the order of their changes.
 *   <li>No text has a field that its receiver may not see, or one that is encrypted in the log.
 *   <li>No row of an erased person is written after the erasure.
 * </ul>
 */
@NullMarked
package dev.skelly.features.notifications;

import org.jspecify.annotations.NullMarked;
