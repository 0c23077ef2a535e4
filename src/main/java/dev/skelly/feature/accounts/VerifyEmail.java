package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;

/** Take an account's address as proved, by the token that was mailed there. */
record VerifyEmail(Secret token) implements Command<Void> {}
