package dev.skelly.feature.accounts;

import dev.skelly.feature.Command;
import org.jspecify.annotations.Nullable;

/**
 * Go on with a sign-in.
 *
 * @param token what the client sent
 */
record RefreshSession(Secret token) implements Command<RefreshSession.Answer> {

    /**
     * Not a failure when refused, because ending a sign-in whose token was used twice has to commit.
     *
     * @param signedIn null when the token is good for nothing
     */
    record Answer(@Nullable SignedIn signedIn) {

        static final Answer REFUSED = new Answer(null);
    }
}
