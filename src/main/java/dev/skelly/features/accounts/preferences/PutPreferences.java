package dev.skelly.features.accounts.preferences;

import dev.skelly.feature.Command;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Replace a person's preferences.
 *
 * @param json what {@link Preferences} let pass
 * @param expectedVersion of the preferences; null for any
 */
record PutPreferences(UUID account, String json, @Nullable Long expectedVersion)
        implements Command<PutPreferences.StoredPreferences> {

    /** The version that they have now. */
    record StoredPreferences(long version) {}

    @Override
    public String toString() {
        return "PutPreferences[" + account + "]";
    }
}
