package dev.skelly.features.accounts;

import dev.skelly.feature.SchemaName;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as the person and administrators see it.
 *
 * @param name null where none was given
 * @param verified whether the person proved the address
 * @param version dense from 1; what the entity tag is made of
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
