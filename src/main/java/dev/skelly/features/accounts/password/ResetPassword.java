package dev.skelly.features.accounts.password;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;

/**
 * Set a new password by the token of a mail, which proves the address too, and end every sign-in.
 *
 * @param newHash PHC string
 */
record ResetPassword(SecretText token, SecretText newHash) implements Command<Void> {}
