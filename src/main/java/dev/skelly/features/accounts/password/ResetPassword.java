package dev.skelly.features.accounts.password;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;

/**
 * Sets a new password with a mailed token, which also verifies the address, and ends all sessions.
 *
 * @param newHash PHC string
 */
record ResetPassword(SecretText token, SecretText newHash) implements Command<Void> {}
