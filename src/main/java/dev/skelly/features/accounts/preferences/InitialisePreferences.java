package dev.skelly.features.accounts.preferences;

import dev.skelly.feature.Command;
import java.util.UUID;

/** Give a new account its first preferences; nothing when it had them before. */
record InitialisePreferences(UUID account) implements Command<Void> {}
