package dev.skelly.features.accounts.preferences;

/**
 * Preferences as they are stored.
 *
 * @param json text of a JSON object
 * @param version dense from 1; 0 where none were set
 */
public record PreferencesView(String json, long version) {

    static final PreferencesView NONE = new PreferencesView("{}", 0);
}
