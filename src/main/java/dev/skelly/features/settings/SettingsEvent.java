package dev.skelly.features.settings;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import java.util.List;

/** What happened to the settings; for administrators. */
@Channels("role:admin")
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
    @Description("A node started with other settings than nodes last ran with.")
    record SettingsUpdated(List<String> changed) implements SettingsEvent {}
}
