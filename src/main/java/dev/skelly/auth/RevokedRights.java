package dev.skelly.auth;

import dev.skelly.feature.Principal;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Rights that ended, as far as a node did not know before.
 *
 * @param sessions sign-ins that ended
 * @param versions accounts, and the version below which their tokens are void
 * @param roles roles that may do something else now, or are gone
 */
public record RevokedRights(Set<UUID> sessions, Map<UUID, Integer> versions, Set<String> roles) {

    /** Keeps its own copies. */
    public RevokedRights {
        sessions = Set.copyOf(sessions);
        versions = Map.copyOf(versions);
        roles = Set.copyOf(roles);
    }

    boolean none() {
        return sessions.isEmpty() && versions.isEmpty() && roles.isEmpty();
    }

    /** Whether what somebody opened has to be ended: they may come back with what rights they have now. */
    public boolean concerns(Principal principal) {
        return sessions.contains(principal.session())
                || principal.rightsVersion() < versions.getOrDefault(principal.account(), 0)
                || principal.roles().stream().anyMatch(roles::contains);
    }
}
