package dev.skelly.auth;

import dev.skelly.feature.Principal;
import dev.skelly.feature.Query;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the account of a live session, with the roles of now.
 *
 * @param cookieHash base64 of the SHA-256 of the session cookie's secret, which must be the session's; null when the caller proved the session
 *     by other means
 */
public record FindSessionHolder(UUID session, @Nullable String cookieHash)
        implements Query<FindSessionHolder.SessionHolder> {

    /**
     * The holder.
     *
     * @param principal expires with the session; null when the session has ended, the account is disabled or the secret is wrong
     */
    public record SessionHolder(@Nullable Principal principal) {}
}
