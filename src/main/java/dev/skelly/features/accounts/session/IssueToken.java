package dev.skelly.features.accounts.session;

import dev.skelly.feature.Command;
import dev.skelly.features.accounts.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sign an access token for an account under a sign-in of its own, which nobody can refresh and which ends with the token.
 *
 * @param session of the sign-in
 * @param life at most that of every access token; null for that
 */
public record IssueToken(
        UUID session, UUID account, @Nullable Duration life) implements Command<IssueToken.IssuedToken> {

    /** The token, and when it ends. */
    public record IssuedToken(SecretText accessToken, Instant expiresAt) {}
}
