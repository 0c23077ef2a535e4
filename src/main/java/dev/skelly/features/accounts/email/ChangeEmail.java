package dev.skelly.features.accounts.email;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;

/** Changes the address of an account to the one to which this token was mailed. */
record ChangeEmail(SecretText token) implements Command<Void> {}
