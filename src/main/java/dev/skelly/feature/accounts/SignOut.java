package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;

/** End the sign-in that a refresh token belongs to; nothing when it belongs to none. */
record SignOut(Secret token) implements Command<Void> {}
