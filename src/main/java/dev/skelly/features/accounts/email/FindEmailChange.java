package dev.skelly.features.accounts.email;

import dev.skelly.feature.Query;
import dev.skelly.features.accounts.UserView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who wants which address? */
public record FindEmailChange(UUID change) implements Query<FindEmailChange.FoundEmailChange> {

    /**
     * A change that still holds; all null when it does not.
     *
     * @param person who wants it, with the address of now
     * @param email the requested address
     * @param owner of the requested address, where it is somebody's
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
