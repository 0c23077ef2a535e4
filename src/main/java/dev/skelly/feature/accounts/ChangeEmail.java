package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;

/** Give an account the address that this token, mailed there, proves. */
record ChangeEmail(Secret token) implements Command<Void> {}
