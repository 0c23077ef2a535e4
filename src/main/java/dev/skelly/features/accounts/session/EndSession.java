package dev.skelly.features.accounts.session;

import dev.skelly.feature.Command;
import java.util.UUID;

/**
 * End one of a person's sign-ins. One that has ended stays as it is.
 *
 * @param account whose it must be
 */
record EndSession(UUID account, UUID session) implements Command<EndSession.EndedSession> {

    /**
     * What there was to end.
     *
     * @param known whether the person has, or had, such a sign-in
     */
    record EndedSession(boolean known) {}
}
