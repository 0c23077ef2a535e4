package dev.skelly.features.accounts.session;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * Ends a session. Does nothing when it has ended.
 *
 * @param account the account to which it must belong
 */
record EndSession(UUID account, UUID session) implements Command<EndSession.EndedSession> {

    /**
     * The result.
     *
     * @param known whether the person has, or had, such a session
     */
    record EndedSession(boolean known) {}
}
