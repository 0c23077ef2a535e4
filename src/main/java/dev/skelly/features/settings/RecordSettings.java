package dev.skelly.features.settings;

import dev.skelly.feature.Command;
import java.util.Map;

/**
 * A node starts with these settings.
 *
 * @param values by key, secrets masked; only those that are every node's
 */
public record RecordSettings(Map<String, String> values) implements Command<Void> {

    /** Keeps its own copy. */
    public RecordSettings {
        values = Map.copyOf(values);
    }
}
