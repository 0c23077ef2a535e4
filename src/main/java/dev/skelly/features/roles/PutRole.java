package dev.skelly.features.roles;

import dev.skelly.auth.RoleView;
import dev.skelly.feature.Command;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates a role, or changes its permissions.
 *
 * @param grants well-formed patterns
 * @param tagged whether the caller sent an expected version
 * @param expectedVersion of the role; null for any
 */
record PutRole(
        String name,
        List<String> grants,
        boolean tagged,
        @Nullable Long expectedVersion) implements Command<RoleView> {}
