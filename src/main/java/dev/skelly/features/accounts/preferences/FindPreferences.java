package dev.skelly.features.accounts.preferences;

import dev.skelly.feature.Query;
import java.util.UUID;

/** Finds the preferences of an account. */
record FindPreferences(UUID account) implements Query<PreferencesView> {}
