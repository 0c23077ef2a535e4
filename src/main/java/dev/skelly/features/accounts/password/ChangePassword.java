package dev.skelly.features.accounts.password;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import java.util.UUID;

/**
 * Sets a new password after the old one was verified, and ends all other sessions.
 *
 * @param session the session that stays
 * @param seenHash the hash against which the old password was verified
 * @param newHash PHC string
 */
record ChangePassword(UUID account, UUID session, SecretText seenHash, SecretText newHash) implements Command<Void> {}
