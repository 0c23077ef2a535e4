package dev.skelly.features.accounts.password;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;

/**
 * Set a new password for somebody whose old one was found right, and end every other sign-in.
 *
 * @param session the sign-in that stays
 * @param seenHash what the old password was compared with
 * @param newHash PHC string
 */
record ChangePassword(UUID account, UUID session, SecretText seenHash, SecretText newHash) implements Command<Void> {}
