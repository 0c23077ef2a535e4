package dev.skelly.features.roles;

import dev.skelly.feature.Query;
import java.util.List;

/** Which roles are there? */
record ListRoles() implements Query<ListRoles.Answer> {

    /** All of them, by name. */
    record Answer(List<RoleView> items) {}
}
