package dev.skelly.features.accounts;

import dev.skelly.feature.Query;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lists accounts, newest first.
 *
 * @param before only accounts older than this one; null starts at the newest
 * @param limit the maximum number
 */
public record ListUsers(@Nullable UUID before, int limit) implements Query<ListUsers.FoundUsers> {

    /**
     * A page of accounts.
     *
     * @param items newest first
     * @param more whether older ones exist
     */
    public record FoundUsers(List<UserView> items, boolean more) {}
}
