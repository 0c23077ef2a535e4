package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;

/**
 * Set a new password by the token of a mail, which proves the address too, and end every sign-in.
 *
 * @param newHash PHC string
 */
record ResetPassword(Secret token, Secret newHash) implements Command<Void> {}
