package dev.skelly.features.notifications;

import dev.skelly.feature.Ids;
import dev.skelly.feature.Query;
import dev.skelly.feature.QueryParameters;
import dev.skelly.feature.Request;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lists a person's notifications.
 *
 * @param state the selected ones; null for all that are not archived
 * @param ascending oldest first
 * @param after only those behind this one in the order; null starts at the beginning
 * @param limit the maximum number
 */
record ListNotifications(
        UUID account,
        @Nullable Selected state,
        boolean ascending,
        @Nullable UUID after,
        int limit) implements Query<NotificationPage> {

    /** A selection of notifications. */
    enum Selected {
        UNREAD,
        UNSEEN,
        ARCHIVED
    }

    /**
     * Parses the parameters of a request.
     *
     * @throws dev.skelly.feature.Problem with all errors
     */
    static ListNotifications of(Request request) {
        var reader = new QueryParameters(request);
        var state = reader.value("state", "unread, unseen or archived", ListNotifications::selected);
        var unread = reader.value("unread", "true or false", ListNotifications::flag);
        var order = reader.value("order", "asc or desc", text -> text.matches("asc|desc") ? text : null);
        var after = reader.value(
                "after",
                "the nextCursor of an earlier response",
                text -> Ids.read(text).orElse(null));
        var limit = reader.limit();
        reader.check();
        return new ListNotifications(
                request.principal().account(),
                state == null && Boolean.TRUE.equals(unread) ? Selected.UNREAD : state,
                "asc".equals(order),
                after,
                limit);
    }

    private static @Nullable Selected selected(String text) {
        return switch (text) {
            case "unread" -> Selected.UNREAD;
            case "unseen" -> Selected.UNSEEN;
            case "archived" -> Selected.ARCHIVED;
            default -> null;
        };
    }

    private static @Nullable Boolean flag(String text) {
        return text.matches("true|false") ? Boolean.valueOf(text) : null;
    }
}
