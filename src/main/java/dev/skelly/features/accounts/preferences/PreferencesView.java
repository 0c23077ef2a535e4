package dev.skelly.features.accounts.preferences;

/**
 * The stored preferences of an account.
 *
 * @param json text of a JSON object
 * @param version starts at 1, increases by 1; 0 when none were set
 */
public record PreferencesView(String json, long version) {

    static final PreferencesView NONE = new PreferencesView("{}", 0);
}
