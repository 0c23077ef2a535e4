package dev.skelly.features.notifications;

import dev.skelly.feature.Query;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the notifications that a mail names, without those that were read meanwhile.
 *
 * @param batch the mail
 * @param limit the maximum number
 */
record FindMail(UUID account, UUID batch, int limit) implements Query<FindMail.FoundMail> {

    /**
     * The result.
     *
     * @param items oldest first
     * @param total the number without a limit
     */
    record FoundMail(List<MailItem> items, long total) {}

    /**
     * A notification in a mail.
     *
     * @param link a path on this site; null without one
     */
    record MailItem(
            String kind,
            String title,
            String body,
            @Nullable String link) {}
}
