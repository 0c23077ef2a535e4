package dev.skelly.security;

import dev.skelly.event.Audience;
import java.util.List;

/**
 * A role as administrators see it.
 *
 * @param name of the role
 * @param grants what it may do, as patterns ({@link Grants})
 * @param builtIn whether it cannot be deleted; {@code admin} cannot be changed either
 * @param version dense from 1; what the entity tag is made of
 */
record RoleView(String name, List<String> grants, boolean builtIn, long version) {

    static final RoleView ADMIN = new RoleView(Audience.ADMIN, List.of("*"), true, 1);

    static RoleView of(String name, List<String> grants, long version) {
        return new RoleView(name, grants, name.equals(Grants.USER) || name.equals(Audience.ADMIN), version);
    }
}
