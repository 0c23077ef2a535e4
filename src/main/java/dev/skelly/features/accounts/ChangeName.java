package dev.skelly.features.accounts;

import dev.skelly.feature.Command;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes the name of an account.
 *
 * @param name null removes it
 * @param expectedVersion of the account; null for any
 */
record ChangeName(
        UUID account, @Nullable String name, @Nullable Long expectedVersion) implements Command<UserView> {

    @Override
    public String toString() {
        return "ChangeName[" + account + "]";
    }
}
