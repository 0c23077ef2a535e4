package dev.skelly.features.accounts.session;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;

/** Ends the session of a refresh token. Does nothing when there is none. */
record LogOut(SecretText token) implements Command<Void> {}
