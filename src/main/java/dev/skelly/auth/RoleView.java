package dev.skelly.auth;

import dev.skelly.event.Audience;
import dev.skelly.feature.SchemaName;
import java.util.List;

/**
 * A role as administrators see it.
 *
 * @param name of the role
 * @param grants its permissions, as patterns ({@link Permissions})
 * @param builtIn whether it cannot be deleted; {@code admin} cannot be changed either
 * @param version starts at 1, increases by 1; the source of the entity tag
 */
@SchemaName("Role")
public record RoleView(String name, List<String> grants, boolean builtIn, long version) {

    public static final RoleView ADMIN = new RoleView(Audience.ADMIN, List.of("*"), true, 1);

    public static RoleView of(String name, List<String> grants, long version) {
        return new RoleView(name, grants, name.equals(Permissions.USER) || name.equals(Audience.ADMIN), version);
    }
}
