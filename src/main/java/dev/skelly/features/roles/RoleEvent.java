package dev.skelly.features.roles;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import java.util.List;

/** What roles may do was changed; for administrators. */
@Channels("role:admin")
public sealed interface RoleEvent extends Event {

    /** Which role. */
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
     * A role was made, or may do something else now.
     *
     * @param before what it might do; empty for a new one
     * @param after what it may do
     */
    @EventName("role.changed")
    @Description("A role was made, or may do something else now.")
    record RoleChanged(String role, List<String> before, List<String> after) implements RoleEvent {}

    /**
     * A role that nobody had is gone.
     *
     * @param before what it might do
     */
    @EventName("role.deleted")
    @Description("A role that nobody had is gone.")
    record RoleDeleted(String role, List<String> before) implements RoleEvent {}
}
