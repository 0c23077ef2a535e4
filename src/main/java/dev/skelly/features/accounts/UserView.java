package dev.skelly.features.accounts;

import dev.skelly.feature.SchemaName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as its person and administrators see it.
 *
 * @param name null without one
 * @param verified whether the address was verified
 * @param version starts at 1, increases by 1; the source of the entity tag
 */
@SchemaName("User")
public record UserView(
        UUID id,
        String email,
        @Nullable String name,
        List<String> roles,
        boolean verified,
        boolean disabled,
        Instant createdAt,
        long version) {

    @Override
    public String toString() {
        return "UserView[" + id + "]";
    }
}
