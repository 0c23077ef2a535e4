package dev.skelly.features.accounts.session;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.login.ClientDevice;
import dev.skelly.features.accounts.login.LoginResult;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes a session.
 *
 * @param token the token from the client
 * @param client that sent it
 */
record RefreshSession(SecretText token, ClientDevice client) implements Command<RefreshSession.RefreshedSession> {

    /**
     * The result. A rejection is not a failure, because ending a session whose token was reused has to commit.
     *
     * @param signedIn null when the token is invalid
     */
    record RefreshedSession(@Nullable LoginResult signedIn) {

        static final RefreshedSession REFUSED = new RefreshedSession(null);
    }
}
