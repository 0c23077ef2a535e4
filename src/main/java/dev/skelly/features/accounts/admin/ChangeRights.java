package dev.skelly.features.accounts.admin;

import dev.skelly.event.Audience;
import dev.skelly.feature.Command;
import dev.skelly.features.accounts.UserView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Give an account other roles, or disable or enable it.
 *
 * @param roles all that it shall have, besides {@code user}; null leaves them
 * @param disabled null leaves it
 * @param expectedVersion of the account; null for any
 */
record ChangeRights(
        UUID account,
        @Nullable List<String> roles,
        @Nullable Boolean disabled,
        @Nullable Long expectedVersion) implements Command<UserView> {

    /** Whether this may take an administrator away. */
    boolean mayTakeAdministrator() {
        return Boolean.TRUE.equals(disabled) || (roles != null && !roles.contains(Audience.ADMIN));
    }
}
