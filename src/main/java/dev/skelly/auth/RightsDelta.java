package dev.skelly.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node learns in one look.
 *
 * @param horizon to be named in the next look
 * @param changes those that could not be seen the last time, and maybe some that could
 * @param roles what every role but {@code admin} may do; null when nothing was changed since
 */
public record RightsDelta(
        String horizon,
        List<RightsChange> changes,
        @Nullable List<RolePermissions> roles) {}
