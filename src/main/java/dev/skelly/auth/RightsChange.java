package dev.skelly.auth;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A right that ended or changed; exactly one of the last three says what.
 *
 * @param account whose; null for a role
 * @param session a sign-in that ended
 * @param version tokens of the account with a lower one are void
 * @param role what it may do was changed
 */
public record RightsChange(
        @Nullable UUID account,
        @Nullable UUID session,
        @Nullable Integer version,
        @Nullable String role) {}
