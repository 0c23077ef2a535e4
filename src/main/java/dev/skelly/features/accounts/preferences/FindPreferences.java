package dev.skelly.features.accounts.preferences;

import dev.skelly.feature.Query;
import java.util.UUID;

/** What did this person set? */
record FindPreferences(UUID account) implements Query<PreferencesView> {}
