package dev.skelly.features.notifications;

import dev.skelly.feature.SchemaName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a person's notifications.
 *
 * @param items in the asked order
 * @param counts of all notifications, at the same moment
 * @param nextCursor for the next page; null on the last one
 */
@SchemaName("NotificationPage")
record NotificationPage(
        List<Notification> items,
        NotificationCounts counts,
        @Nullable String nextCursor) {}
