package dev.skelly.features.profiles;

import dev.skelly.feature.SchemaName;
import dev.skelly.feature.UserDirectory;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person as others see them.
 *
 * @param name null when the person gave none
 */
@SchemaName("Profile")
record PersonProfile(UUID id, @Nullable String name) {

    static PersonProfile of(UserDirectory.Profile found) {
        return new PersonProfile(found.id(), found.name());
    }
}
