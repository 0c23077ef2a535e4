package dev.skelly.features.accounts;

import dev.skelly.feature.Query;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is there, newest first?
 *
 * @param before only accounts older than this one; null from the newest
 * @param limit at most so many
 */
public record ListUsers(@Nullable UUID before, int limit) implements Query<ListUsers.FoundUsers> {

    /**
     * One page.
     *
     * @param items newest first
     * @param more whether there are older ones
     */
    public record FoundUsers(List<UserView> items, boolean more) {}
}
