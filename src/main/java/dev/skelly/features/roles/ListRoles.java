package dev.skelly.features.roles;

import dev.skelly.auth.RoleView;
import dev.skelly.feature.Query;
import java.util.List;

/** Which roles are there? */
record ListRoles() implements Query<ListRoles.RoleList> {

    /** All of them, by name. */
    record RoleList(List<RoleView> items) {}
}
