package dev.skelly.settings;

import dev.skelly.event.Audience;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import dev.skelly.event.Means;
import dev.skelly.event.SeenBy;
import java.util.List;

/** What happened to the settings; for administrators. */
@SeenBy("role:admin")
public sealed interface SettingsEvent extends Event {

    @Override
    default String subject() {
        return "settings:all";
    }

    @Override
    default Audience audience() {
        return Audience.of(Audience.role(Audience.ADMIN));
    }

    /**
     * A node started with other settings than nodes last ran with.
     *
     * @param changed keys, not their values: those are in the audit
     */
    @EventName("system.config-updated")
    @Means("A node started with other settings than nodes last ran with.")
    record Updated(List<String> changed) implements SettingsEvent {}
}
