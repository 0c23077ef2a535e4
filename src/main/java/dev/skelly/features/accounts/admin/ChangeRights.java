package dev.skelly.features.accounts.admin;

import dev.skelly.event.Audience;
import dev.skelly.feature.Command;
import dev.skelly.features.accounts.UserView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes the roles of an account, disables or enables it.
 *
 * @param roles all roles besides {@code user}; null leaves them unchanged
 * @param disabled null leaves it unchanged
 * @param expectedVersion of the account; null for any
 */
record ChangeRights(
        UUID account,
        @Nullable List<String> roles,
        @Nullable Boolean disabled,
        @Nullable Long expectedVersion) implements Command<UserView> {

    /** Tells whether this may remove an administrator. */
    boolean mayTakeAdministrator() {
        return Boolean.TRUE.equals(disabled) || (roles != null && !roles.contains(Audience.ADMIN));
    }
}
