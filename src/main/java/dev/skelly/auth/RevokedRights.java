package dev.skelly.auth;

import dev.skelly.feature.Principal;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Rights that ended since a node last read them.
 *
 * @param sessions ids of ended sessions
 * @param versions accounts, and the version below which their tokens are void
 * @param roles roles that were changed or deleted
 */
public record RevokedRights(Set<UUID> sessions, Map<UUID, Integer> versions, Set<String> roles) {

    /** Copies the collections. */
    public RevokedRights {
        sessions = Set.copyOf(sessions);
        versions = Map.copyOf(versions);
        roles = Set.copyOf(roles);
    }

    boolean none() {
        return sessions.isEmpty() && versions.isEmpty() && roles.isEmpty();
    }

    /** Tells whether streams of this caller must be closed. They may reconnect with the rights they have now. */
    public boolean concerns(Principal principal) {
        return sessions.contains(principal.session())
                || principal.rightsVersion() < versions.getOrDefault(principal.account(), 0)
                || principal.roles().stream().anyMatch(roles::contains);
    }
}
