package dev.skelly.features.accounts;

import dev.skelly.feature.Command;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Give an account another name.
 *
 * @param name null for none
 * @param expectedVersion of the account; null for any
 */
record ChangeName(
        UUID account, @Nullable String name, @Nullable Long expectedVersion) implements Command<UserView> {

    @Override
    public String toString() {
        return "ChangeName[" + account + "]";
    }
}
