package dev.skelly.auth;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A right that ended or changed; exactly one of the last three fields is set.
 *
 * @param account null for a role
 * @param session id of an ended session
 * @param version tokens of the account with a lower one are void
 * @param role a role whose permissions changed
 */
public record RightsChange(
        @Nullable UUID account,
        @Nullable UUID session,
        @Nullable Integer version,
        @Nullable String role) {}
