package dev.skelly.features.roles;

import dev.skelly.auth.RoleView;
import dev.skelly.feature.Query;
import java.util.List;

/** Lists the roles. */
record ListRoles() implements Query<ListRoles.RoleList> {

    /** All roles, by name. */
    record RoleList(List<RoleView> items) {}
}
