package dev.skelly.features.accounts.session;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;

/** End the sign-in that a refresh token belongs to; nothing when it belongs to none. */
record LogOut(SecretText token) implements Command<Void> {}
