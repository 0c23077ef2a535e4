package dev.skelly.features.notifications;

/**
 * The counts of a person's notifications that are not archived.
 *
 * @param unread those not read
 * @param unseen those not seen
 */
public record NotificationCounts(int total, int unread, int unseen) {

    static final NotificationCounts NONE = new NotificationCounts(0, 0, 0);
}
