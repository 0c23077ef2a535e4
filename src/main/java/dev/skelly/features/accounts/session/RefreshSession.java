package dev.skelly.features.accounts.session;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import dev.skelly.features.accounts.login.LoginResult;
import org.jspecify.annotations.Nullable;

/**
 * Go on with a sign-in.
 *
 * @param token what the client sent
 */
record RefreshSession(SecretText token) implements Command<RefreshSession.RefreshedSession> {

    /**
     * Not a failure when refused, because ending a sign-in whose token was used twice has to commit.
     *
     * @param signedIn null when the token is good for nothing
     */
    record RefreshedSession(@Nullable LoginResult signedIn) {

        static final RefreshedSession REFUSED = new RefreshedSession(null);
    }
}
