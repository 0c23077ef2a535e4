package dev.skelly.features.accounts.email;

import dev.skelly.feature.Query;
import dev.skelly.features.accounts.UserView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds a pending change of an e-mail address. */
public record FindEmailChange(UUID change) implements Query<FindEmailChange.FoundEmailChange> {

    /**
     * A pending change; all fields are null when it no longer exists.
     *
     * @param person who requested it, with the current address
     * @param email the requested address
     * @param owner of the requested address; null without one
     */
    public record FoundEmailChange(
            @Nullable UserView person,
            @Nullable String email,
            @Nullable UUID owner) {

        static final FoundEmailChange NONE = new FoundEmailChange(null, null, null);

        @Override
        public String toString() {
            return "Answer[" + person + "]";
        }
    }
}
