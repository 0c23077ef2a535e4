package dev.skelly.features.settings;

import dev.skelly.feature.Command;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes settings of all nodes at run time.
 *
 * @param values new values by key
 * @param reset keys that get their values of the start again
 * @param expectedVersion null for any
 */
record ChangeSettings(
        Map<String, String> values,
        Set<String> reset,
        @Nullable Long expectedVersion) implements Command<ChangedSettings> {

    ChangeSettings {
        values = Map.copyOf(values);
        reset = Set.copyOf(reset);
    }
}
