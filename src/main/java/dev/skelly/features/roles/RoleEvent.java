package dev.skelly.features.roles;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import java.util.List;

/** Events of roles, for administrators. */
@Channels("role:admin")
public sealed interface RoleEvent extends Event {

    /** The role's name. */
    String role();

    @Override
    default String subject() {
        return "role:" + role();
    }

    @Override
    default Audience audience() {
        return Audience.of(Audience.role(Audience.ADMIN));
    }

    /**
     * A role was created, or its permissions were changed.
     *
     * @param before permissions before the change; empty for a new role
     * @param after permissions after the change
     */
    @EventName("role.changed")
    @Description("A role was created, or its permissions were changed.")
    record RoleChanged(String role, List<String> before, List<String> after) implements RoleEvent {}

    /**
     * A role that no account had was deleted.
     *
     * @param before permissions before the deletion
     */
    @EventName("role.deleted")
    @Description("A role that no account had was deleted.")
    record RoleDeleted(String role, List<String> before) implements RoleEvent {}
}
