package dev.skelly.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one read of rights.
 *
 * @param horizon for the next read
 * @param changes those since the last read, and possibly some earlier ones
 * @param roles permissions of every role except {@code admin}; null when nothing has changed
 */
public record RightsDelta(
        String horizon,
        List<RightsChange> changes,
        @Nullable List<RolePermissions> roles) {}
