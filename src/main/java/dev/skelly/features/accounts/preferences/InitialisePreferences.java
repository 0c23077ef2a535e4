package dev.skelly.features.accounts.preferences;

import dev.skelly.feature.Command;
import java.util.UUID;

/** Gives a new account its first preferences. Does nothing when it has preferences. */
record InitialisePreferences(UUID account) implements Command<Void> {}
