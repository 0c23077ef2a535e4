package dev.skelly.features.accounts.session;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Issues an access token in a session of its own, which cannot be refreshed and ends with the token.
 *
 * @param session id of the session
 * @param life at most the lifetime of all access tokens; null for that
 */
public record IssueToken(
        UUID session, UUID account, @Nullable Duration life) implements Command<IssueToken.IssuedToken> {

    /** The token and its expiry. */
    public record IssuedToken(SecretText accessToken, Instant expiresAt) {}
}
