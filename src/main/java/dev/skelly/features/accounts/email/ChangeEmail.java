package dev.skelly.features.accounts.email;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;

/** Give an account the address that this token, mailed there, proves. */
record ChangeEmail(SecretText token) implements Command<Void> {}
