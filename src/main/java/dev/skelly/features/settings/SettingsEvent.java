package dev.skelly.features.settings;

import dev.skelly.event.Audience;
import dev.skelly.event.Channels;
import dev.skelly.event.Description;
import dev.skelly.event.Event;
import dev.skelly.event.EventName;
import java.util.List;

/** Events of the settings, for administrators. */
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
     * An administrator changed settings at run time, or a node started with settings that differ from those of the last start.
     *
     * @param changed keys without values, which are in the audit log
     */
    @EventName("system.config-updated")
    @Description(
            "Settings changed: at run time by an administrator, or because a node started with others than the last start.")
    record SettingsUpdated(List<String> changed) implements SettingsEvent {}
}
