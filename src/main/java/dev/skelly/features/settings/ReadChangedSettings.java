package dev.skelly.features.settings;

import dev.skelly.feature.Query;

/** Reads the settings that were changed at run time. */
record ReadChangedSettings() implements Query<ChangedSettings> {}
