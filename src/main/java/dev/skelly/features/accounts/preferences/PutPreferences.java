package dev.skelly.features.accounts.preferences;

import dev.skelly.feature.Command;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the preferences of an account.
 *
 * @param json a text that {@link Preferences} accepts
 * @param expectedVersion of the preferences; null for any
 */
record PutPreferences(UUID account, String json, @Nullable Long expectedVersion)
        implements Command<PutPreferences.StoredPreferences> {

    /** The version after the change. */
    record StoredPreferences(long version) {}

    @Override
    public String toString() {
        return "PutPreferences[" + account + "]";
    }
}
