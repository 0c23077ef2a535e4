package dev.skelly.features.settings;

import java.util.Map;

/**
 * The settings that were changed at run time.
 *
 * @param version increases by 1 with each change
 * @param values by key
 */
record ChangedSettings(long version, Map<String, String> values) {

    ChangedSettings {
        values = Map.copyOf(values);
    }
}
