package dev.skelly.features.settings;

import dev.skelly.feature.Command;
import java.util.Map;

/**
 * Records the settings with which a node starts.
 *
 * @param values by key, secrets masked; only the settings that all nodes share
 */
public record RecordSettings(Map<String, String> values) implements Command<Void> {

    /** Copies the values. */
    public RecordSettings {
        values = Map.copyOf(values);
    }
}
