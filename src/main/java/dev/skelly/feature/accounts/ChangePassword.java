package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Set a new password for somebody whose old one was found right, and end every other sign-in.
 *
 * @param session the sign-in that stays
 * @param seenHash what the old password was compared with
 * @param newHash PHC string
 */
record ChangePassword(UUID account, UUID session, Secret seenHash, Secret newHash) implements Command<Void> {}
